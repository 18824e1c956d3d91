#!/usr/bin/env bash
# The story of a few loops, from the first command to the proof: every step is an ordinary bihuan command, shown as it
# is typed. Nobody is asked anything; the time is said with --now. 每一步都是普通的 bihuan 命令,原样显示。
#
#   story.sh [DIR]        plays it into a new data folder DIR (demo-data)
#   BIHUAN=PATH           the program; bihuan when not given
#
# What the program says is in the language of your system; the story's own lines are in both.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
here=${here#"$PWD/"} # as one would type it
bihuan=${BIHUAN:-bihuan}
data=${1:-demo-data}

# Who is who; all made up. 人员均为虚构。
office=ruan0098      # 督查室主任 head of the supervision office
office2=luo0099      # 督查室副主任 its deputy
mayor=mai0002        # 区长 district head, commands the first task
water=xian0260       # 农业农村和水利局联络员 liaison of the water bureau
water_head=rong0255  # 农业农村和水利局局长 its head
town=ruan0662        # 杜阮镇联络员 liaison of Duruan Town
town_head=he0649     # 杜阮镇委书记 its party secretary
leader=feng0005      # 区委常委(组织部长) commands the second task
inquirer=zhong0143   # 第一监督检查室副主任 inquires
secretary=ye0001     # 区委书记 party secretary: the committee decides
appeals=guan0151     # 申诉复查室主任 decides appeals
files=dai0136        # 案件监督管理室主任 closes cases
centre=feng0717      # 卢湾村党群服务中心专职人员 officer of Luwan's service centre
old_head=rong0716    # 中心主任,将离任 its director, who leaves
new_head=jian0714    # 卢湾村党组织书记,将兼任 the village's party secretary, who follows
witness=yu0613       # 组织部副部长 witnesses hand-overs

now=
say() { # say CHINESE ENGLISH
	printf '\n\033[1m%s\033[0m\n%s\n' "$1" "$2"
}
at() { now=$1; }
typed() { # a command as one would type it again
	local word
	printf '\033[36m$ bihuan'
	for word in "$@"; do
		case $word in
		*[\ \;\&\|\(\)\<\>\*\'\"]* | '') printf " '%s'" "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	printf '\033[0m\n'
}
run() {
	typed "$@"
	"$bihuan" "$@"
}
as() { # as ACCOUNT COMMAND …: at the story's present time
	local who=$1
	shift
	run "$@" --as "$who" --now "$now"
}
refused() { # the same, and it must be refused
	if as "$@"; then
		echo "story: that should have been refused" >&2
		exit 1
	fi
}
paper() { # paper NAME TEXT: a file to attach
	mkdir -p "$data/papers"
	printf '%s\n' "$2" >"$data/papers/$1"
	evidence=$data/papers/$1
}

if [ -e "$data" ]; then
	echo "story: $data is there already; name a new folder" >&2
	exit 2
fi

say '一、建立机构:先证明28个程序是健全的,再写入账本' '1. An institution: its 28 procedures are proved sound, then recorded'
run check "$here"
run init "$data" --institution "$here" --now 2018-10-08T08:30

say '二、闭环:交办、签收、反馈、催办、批示、延期、退办、重报、办结' '2. A loop: dispatched, signed for, reported, urged, instructed, extended, sent back, closed'
at 2018-10-08T09:00
as $office open "$data" key_task 'title=天沙河流域截污(一期)' lead_unit=agriculture commander=government-head due=2018-11-30 measure=截污管网贯通
as $office act "$data" 督〔2018〕1号 dispatch
at 2018-10-09T10:00
as $water act "$data" 督〔2018〕1号 sign
at 2018-10-22T16:00
as $water act "$data" 督〔2018〕1号 report progress=30 note=完成勘测,进场施工
at 2018-10-29T09:00
as $office urge "$data" 督〔2018〕1号 '进度落后于计划,请加快'
at 2018-10-30T15:00
as $mayor instruct "$data" 督〔2018〕1号 '三天内报下一步安排' --to lead
at 2018-11-01T11:00
as $water_head answer "$data" 督〔2018〕1号 6 '增加两个作业面,每周报进度'
at 2018-11-26T16:00
as $water act "$data" 督〔2018〕1号 report progress=60 note=主管完成六成
at 2018-11-27T09:00
as $water request "$data" 督〔2018〕1号 extend reason=连续降雨停工 measure=增加一个作业面 until=2018-12-14
at 2018-11-28T10:00
as $office decide "$data" 督〔2018〕1号 1 grant --reason 情况属实
at 2018-12-10T10:00
as $water act "$data" 督〔2018〕1号 report progress=95 note=管网贯通,路面恢复中
paper 截污验收单.txt '截污管网通水验收记录(示例)'
as $water act "$data" 督〔2018〕1号 ask_close --evidence "$evidence"

say '报者不验:反馈的人不能自己办结' 'Who reports never verifies: the program refuses'
refused $water act "$data" 督〔2018〕1号 close

at 2018-12-11T09:30
as $office2 act "$data" 督〔2018〕1号 send_back reason=缺路面恢复的佐证
at 2018-12-12T15:00
paper 路面恢复.txt '路面恢复前后对照(示例)'
as $water act "$data" 督〔2018〕1号 report progress=100 note=路面全部恢复 --evidence "$evidence"
as $water act "$data" 督〔2018〕1号 ask_close --evidence "$evidence"
at 2018-12-13T10:00
as $office act "$data" 督〔2018〕1号 close

say '三、人动责不动:中心主任换人,未了的责任留在岗位上' '3. A transfer: the director leaves, the open duties stay with the post'
at 2018-12-14T09:00
as $office open "$data" key_task title=卢湾村党群服务中心标准化建设 lead_unit=440703005-luwan-centre commander=committee-publicity due=2019-03-29 measure=三十项标准逐项达标
as $office act "$data" 督〔2018〕2号 dispatch
as $centre act "$data" 督〔2018〕2号 sign
run duties "$data" --unit 440703005-luwan-centre --now "$now"
at 2018-12-17T09:00
as $witness move "$data" 440703005-luwan-centre-head $new_head --from 2018-12-17 --how concurrent
run duties "$data" --unit 440703005-luwan-centre --now "$now"

say '离任的人不再有权办理' 'Who has left has no power any more'
refused $old_head act "$data" 督〔2018〕2号 report progress=10 note=已自查

as $centre open "$data" handover title=卢湾村党群服务中心主任交接 unit=440703005-luwan-centre post=440703005-luwan-centre-head leaver=$old_head successor=$new_head
paper 移交清单.txt '文件、经费、资产和未了事项清单(示例)'
as $centre act "$data" 交〔2018〕001号 list_items open_duties=2 list=文件3卷、在办督办1件 --evidence "$evidence"
at 2018-12-18T09:00
as $new_head act "$data" 交〔2018〕001号 accept
at 2018-12-19T09:00
as $witness act "$data" 交〔2018〕001号 confirm
at 2018-12-20T16:00
as $new_head act "$data" 督〔2018〕2号 report progress=25 note=达标八项

say '四、失责必追究:逾期自动打开问责' '4. A breach: overdue, and an accountability matter opens by itself'
at 2018-12-21T09:00
as $office open "$data" key_task 'title=杜阮河清淤疏浚(一期)' lead_unit=440703103 commander=committee-organisation due=2019-01-11 measure=清淤河段长度
as $office act "$data" 督〔2018〕3号 dispatch
as $town act "$data" 督〔2018〕3号 sign
at 2018-12-28T16:00
as $town act "$data" 督〔2018〕3号 report progress=40 note=完成四成
at 2019-01-14T09:00
run tick "$data" --now "$now"
as $leader show "$data" 督〔2018〕3号
as $leader answer "$data" 督〔2018〕3号 6 '已约谈杜阮镇主要负责人,增派设备'

say '问责:核实、告知、申辩、建议、决定,决定可以申诉' 'Called to account: inquiry, notice, hearing, proposal, decision, which may be appealed'
at 2019-01-15T09:00
as $inquirer act "$data" 责〔2019〕1号 start
at 2019-01-17T10:00
paper 核实报告.txt '逾期原因核实报告(示例)'
as $inquirer act "$data" 责〔2019〕1号 tell_unit facts=未按期组织施工,也未申请延期 --evidence "$evidence"
at 2019-01-21T10:00
as $town_head act "$data" 责〔2019〕1号 state_case statement=设备故障属实,但未及时报告
at 2019-01-23T10:00
paper 问责建议.txt '问责建议和对申辩的答复(示例)'
as $inquirer act "$data" 责〔2019〕1号 propose form=inspect reply=设备故障可从轻,未报告不能免责 --evidence "$evidence"
at 2019-01-25T10:00
as $secretary act "$data" 责〔2019〕1号 decide form=inspect reason=责令作出检查
at 2019-01-28T10:00
as $town_head act "$data" 责〔2019〕1号 appeal grounds=请求考虑已补齐进度
as $centre act "$data" 督〔2018〕2号 report progress=50 note=达标十六项

say '逾期的任务还要做完;晚办结的,红灯记录留着' 'The task must still be done; closed late, it keeps its red mark'
at 2019-01-29T10:00
paper 清淤验收单.txt '清淤河段验收记录(示例)'
as $town act "$data" 督〔2018〕3号 report progress=100 note=清淤完成
as $town act "$data" 督〔2018〕3号 ask_close --evidence "$evidence"
at 2019-01-30T10:00
as $office act "$data" 督〔2018〕3号 close
at 2019-02-01T10:00
as $appeals act "$data" 责〔2019〕1号 uphold reason=补齐进度在失责之后,维持
at 2019-02-13T10:00
paper 检查.txt '向区委作出的检查和整改情况(示例)'
as $town_head act "$data" 责〔2019〕1号 carry_out done=已作出检查,已建立周报制度 --evidence "$evidence"
at 2019-02-15T10:00
as $files act "$data" 责〔2019〕1号 close
run list "$data" --now "$now"

say '五、年初部署:从 csv 导入部署、专项、任务、会议、问题和其他事项' '5. The year begins: deployments, programmes, tasks, meetings, problems and more, imported from csv'
at 2019-02-18T09:00
run tick "$data" --now "$now"
# What is above, or named by others, comes first; the rest in the order of their names. 先导入上级,再导入分项。
above='deployment programme key_task study_plan meeting'
names=$(cd "$here/matters" && printf '%s\n' *.csv | sed 's/\.csv$//' | grep -vxF "$(printf '%s\n' $above)")
for name in $above $names; do
	run import "$data" matters "$here/matters/$name.csv" --procedure "$name" --now "$now"
done
run list "$data" --procedure deployment --now "$now"
run list "$data" --parent 项〔2019〕7号 --now "$now"
at 2019-02-18T10:00
as $office act "$data" 督〔2019〕22号 dispatch
as $water act "$data" 督〔2019〕22号 sign
as $water act "$data" 督〔2019〕22号 report progress=10 note=完成施工图
run list "$data" --parent 部〔2019〕2号 --now "$now"

say '六、体检:三句话逐条问一遍;再从事件重建,逐行比较' '6. Audit: the three sentences asked of live data; then everything rebuilt from its events and compared'
at 2019-02-18T11:00
run audit "$data" --now "$now"
run replay "$data"

say '报表:从账本里算出来,不另填报' 'Reports are computed from the record; nobody fills them in'
run report "$data" breaches --now "$now"
run report "$data" rectification --now "$now"
run report "$data" moves --from 2019-01-01 --to 2019-12-31 --at 2019-03-01 --now "$now"

say '七、导出账本,由外人核验:不需要数据库,也不需要信任我们' '7. The ledger is exported, and an outsider verifies it without the database and without trusting us'
typed checkpoint "$data" --key
key=$("$bihuan" checkpoint "$data" --key)
echo "$key"
run export-ledger "$data" "$data/papers/ledger.tar"
run verify "$data/papers/ledger.tar" --key "$key"

say '接下来可以自己试' 'Go on yourself'
typed show "$data" 督〔2018〕1号 --as $water --now 2019-02-18T14:00
typed show "$data" 责〔2019〕1号 --as $secretary --now 2019-02-18T14:00
typed duties "$data" --all --now 2019-02-18T14:00
typed act "$data" 督〔2018〕2号 report progress=70 note=达标二十一项 --as $centre --now 2019-02-18T14:00
typed report "$data" programmes --now 2019-02-18T14:00
typed report "$data" commanders --now 2019-02-18T14:00
typed tick "$data" --now 2019-02-25T09:00
typed draw "$here/procedures/key_task.yaml"
typed check --explain P3
