// Words of what stands on record of people and units.
export const record = {
	'person.record': '履责实绩',
	'person.title': '{name}的履责实绩',
	'person.mine': '我的履责实绩',
	'person.open': '查看',
	'person.why': '责任记在履行之日或到期之日任该岗位者名下；只计您可见的事项。期间按责任到期日、事项办结日计。',
	'person.duties': '到期责任',
	'person.duty': '事项与责任',
	'person.rate': '按期率 {n}%',
	'person.fate': '履行情况',
	'person.fate.all': '全部',
	'person.fate.in_time': '按期履行',
	'person.fate.late': '逾期履行',
	'person.fate.failed': '未履行',
	'person.fate.owed': '逾期仍未办',
	'person.verified': '经他人核验的成果',
	'person.years': '分年情况',
	'person.year': '年度',
	'person.due': '期限',
	'person.done': '履行时间',
	'person.matter': '事项',
	'person.action': '所办',
	'person.ended': '办结日期',
	'person.none': '没有记录',
} as const

export type RecordKey = keyof typeof record
