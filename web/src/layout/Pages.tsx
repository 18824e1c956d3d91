// From the address to its page. Each is loaded when it is first opened; one that is not for who is signed in is nowhere.
import { Skeleton } from 'antd'
import { lazy, Suspense, type ReactNode } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { Problem } from '../api/problem'
import { homeOf, isFor, pathOf, type Place } from '../lib/places'
import { Failure } from '../parts/Loaded'
import type { Me } from '../session'

const Workbench = lazy(() => import('../pages/Workbench'))
const Matters = lazy(() => import('../pages/Matters'))
const Open = lazy(() => import('../pages/Open'))
const OpenOne = lazy(async () => ({ default: (await import('../pages/Open')).OpenOne }))
const OpenPart = lazy(async () => ({ default: (await import('../pages/Open')).OpenPart }))
const Import = lazy(() => import('../pages/Import'))
const Matter = lazy(() => import('../pages/Matter'))
const CheckIn = lazy(() => import('../pages/CheckIn'))
const Breakdown = lazy(() => import('../pages/Breakdown'))
const Cockpit = lazy(() => import('../pages/Cockpit'))
const Health = lazy(() => import('../pages/Health'))
const Commanders = lazy(() => import('../pages/Commanders'))
const Coverage = lazy(() => import('../pages/Coverage'))
const Education = lazy(() => import('../pages/Education'))
const Rectification = lazy(() => import('../pages/Rectification'))
const Calendar = lazy(() => import('../pages/Calendar'))
const Accountability = lazy(() => import('../pages/Accountability'))
const LetterEntry = lazy(() => import('../pages/LetterEntry'))
const Reports = lazy(() => import('../pages/Reports'))
const Ballots = lazy(() => import('../pages/Ballots'))
const Levels = lazy(() => import('../pages/Levels'))
const BallotOpening = lazy(() => import('../pages/ballots/Opening'))
const Ballot = lazy(() => import('../pages/ballots/Ballot'))
const Meetings = lazy(() => import('../pages/Meetings'))
const Meeting = lazy(() => import('../pages/meetings/Meeting'))
const Performance = lazy(() => import('../pages/Performance'))
const PerformanceFacts = lazy(() => import('../pages/performance/Facts'))
const Person = lazy(() => import('../pages/Person'))
const Institution = lazy(() => import('../pages/Institution'))
const Procedures = lazy(() => import('../pages/Procedures'))
const Procedure = lazy(() => import('../pages/Procedure'))
const Rules = lazy(() => import('../pages/Rules'))
const Rule = lazy(() => import('../pages/rules/Rule'))
const Accounts = lazy(() => import('../pages/Accounts'))
const Compartments = lazy(() => import('../pages/Compartments'))
const Looks = lazy(() => import('../pages/Looks'))
const SignIns = lazy(() => import('../pages/SignIns'))
const Outbox = lazy(() => import('../pages/Outbox'))
const Ledger = lazy(() => import('../pages/Ledger'))
const Account = lazy(() => import('../pages/Account'))

const nowhere = <Failure error={new Problem(404, null)} />

export function Pages({ me }: { me: Me }) {
	const page = (place: Place, shown: ReactNode) => (
		<Route path={pathOf(place)} key={place}>
			{isFor(place, me) ? shown : nowhere}
		</Route>
	)
	const below = (place: Place, shown: (which: string) => ReactNode) => <Route path={`${pathOf(place)}/:which`}>{({ which }) => (isFor(place, me) ? shown(decodeURIComponent(which)) : nowhere)}</Route>
	return (
		<Suspense fallback={<Skeleton active />}>
			<Switch>
				<Route path="/">{me.person ? <Workbench /> : <Redirect to={pathOf(homeOf(me))} />}</Route>
				{page('calendar', <Calendar />)}
				{page('matters', <Matters />)}
				<Route path="/open">{me.person ? <Open /> : nowhere}</Route>
				<Route path="/import">{me.person ? <Import /> : nowhere}</Route>
				<Route path="/open/:procedure">{({ procedure }) => <OpenOne key={procedure} name={procedure} />}</Route>
				<Route path="/matters/:id/open">{({ id }) => <OpenPart key={id} parent={Number(id)} />}</Route>
				<Route path="/matters/:id/check-in">{({ id }) => (me.person ? <CheckIn key={id} id={Number(id)} /> : nowhere)}</Route>
				{below('matters', (id) => <Matter key={id} id={Number(id)} />)}
				{page('breakdown', <Breakdown />)}
				{page('rectification', <Rectification />)}
				{page('education', <Education />)}
				{page('accountability', <Accountability />)}
				<Route path="/enter-letter">{me.person ? <LetterEntry /> : nowhere}</Route>
				{page('meetings', <Meetings />)}
				{below('meetings', (which) => (/^\d+$/.test(which) ? <Meeting key={which} id={Number(which)} /> : nowhere))}
				{page('ballots', <Ballots />)}
				{below('ballots', (which) => (which === 'open' ? <BallotOpening /> : <Ballot key={which} id={Number(which)} />))}
				{page('cockpit', <Cockpit />)}
				{page('commanders', <Commanders />)}
				{below('commanders', (post) => <Commanders post={post} />)}
				{page('coverage', <Coverage me={me} />)}
				{page('performance', <Performance />)}
				{below('performance', (code) => <PerformanceFacts key={code} code={code} />)}
				<Route path="/people/:code">{({ code }) => (me.person ? <Person key={code} code={decodeURIComponent(code)} isMine={decodeURIComponent(code) === me.person.code} /> : nowhere)}</Route>
				{page('institution', <Institution me={me} />)}
				{page('procedures', <Procedures />)}
				{below('procedures', (name) => <Procedure key={name} name={name} />)}
				{page('rules', <Rules />)}
				{below('rules', (which) => <Rule key={which} id={Number(which)} />)}
				{page('reports', <Reports />)}
				{page('health', <Health />)}
				{page('accounts', <Accounts me={me} />)}
				{page('compartments', <Compartments />)}
				{page('looks', <Looks />)}
				{page('signins', <SignIns />)}
				{page('outbox', <Outbox />)}
				{page('levels', <Levels me={me} />)}
				{page('ledger', <Ledger />)}
				{page('account', <Account me={me} />)}
				<Route>{nowhere}</Route>
			</Switch>
		</Suspense>
	)
}
