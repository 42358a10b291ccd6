// The library as a place to practise: own runs, learning paths, what to play next, and who may read the truth beforehand.

import { practiceDebt } from '../../analytics/debt.ts';
import { refuse } from '../../incident/refusal.ts';
import type { NextStep, OwnRun, PathSummary, PathView, Practice, RunCheck, Spoilers } from '../../protocol/learning.ts';
import type { Playtest } from '../../scenario/scenario.schema.ts';
import { isAdmin } from '../auth/admin.ts';
import { browserOf } from '../auth/browser.ts';
import { readFacts } from '../insights/rows.ts';
import { readOwnRuns, type PlayedRun } from '../learning/own-runs.ts';
import { pathsOf } from '../learning/paths.ts';
import { checksOf, nextStep, progressOf } from '../learning/progress.ts';
import { spoilersOf } from '../learning/spoilers.ts';
import { muster } from '../muster.ts';
import { fail, load } from './found.ts';
import type { CookieReader } from './types.ts';

export interface LibraryPage {
	practice: Record<string, Practice>;
	paths: PathSummary[];
	next: NextStep | null;
	/** Kinds of failure that happened in earnest since they were practised; for the administrator alone. */
	debt: string[];
	/** What is wrong with the files of the paths. */
	pathProblems: string[];
}

/** What the library knows beside the cards. */
export function loadLibrary(cookies: CookieReader): Promise<LibraryPage> {
	return load(async () => {
		const { storage, scenarios } = muster();
		const browser = browserOf(cookies);
		const [plays, last, spoilers, { views, runs }, debt] = await Promise.all([
			storage.countRuns(),
			storage.lastPlayed(),
			browser === null ? {} : storage.listSpoilers(browser),
			readPathViews(browser),
			readDebt(cookies)
		]);
		const practice = scenarios.cards.map(({ id }): [string, Practice] => [
			id,
			{
				plays: plays[id] ?? 0,
				mine: runs.filter(({ scenarioId, as }) => scenarioId === id && as === 'responder').length,
				lastAt: last[id] ?? null,
				spoiled: id in spoilers
			}
		]);
		return {
			practice: Object.fromEntries(practice),
			paths: views.map(summaryOf),
			next: nextStep(views, runs),
			debt,
			pathProblems: pathsOf(muster()).problems
		};
	});
}

/** For the home page: where this browser is on its path. */
export function loadNextStep(cookies: CookieReader): Promise<NextStep | null> {
	return load(async () => {
		const { views, runs } = await readPathViews(browserOf(cookies));
		return nextStep(views, runs);
	});
}

export function loadPaths(cookies: CookieReader): Promise<{ paths: PathSummary[]; problems: string[] }> {
	return load(async () => {
		const { views } = await readPathViews(browserOf(cookies));
		return { paths: views.map(summaryOf), problems: pathsOf(muster()).problems };
	});
}

export function loadPath(id: string, cookies: CookieReader): Promise<PathView> {
	return load(async () => {
		const { views } = await readPathViews(browserOf(cookies));
		return (
			views.find((view) => view.id === id) ??
			fail(refuse('unknown_id', 'There is no learning path of that name: choose one from the list.'))
		);
	});
}

export interface OwnScenarioPage {
	own: OwnRun[];
	playtested: Playtest[];
	/** Paths that it is a step of. */
	onPaths: { id: string; title: string; step: number; steps: number }[];
	/** Which services call which. */
	calls: Record<string, string[]>;
	/** `hidden` for whoever may still play it; then nothing of it is sent. */
	truth: { state: 'hidden' } | { state: 'shown'; because: 'admin' | 'facilitates'; spoilers: Spoilers };
}

/** What a scenario's page tells this reader beside what everybody may know. */
export function loadOwnScenario(id: string, cookies: CookieReader): Promise<OwnScenarioPage> {
	return load(async () => {
		const { storage, scenarios } = muster();
		const compiled = scenarios.find(id);
		if (!compiled) fail(refuse('unknown_id', 'There is no scenario of that name: choose one from the library.'));
		const browser = browserOf(cookies);
		const [{ views, runs }, admin, spoilers] = await Promise.all([
			readPathViews(browser),
			isAdmin(cookies),
			browser === null ? {} : storage.listSpoilers(browser)
		]);
		const onPaths = views.map((view) => {
			const index = view.steps.findIndex(({ scenario }) => scenario.id === id);
			return { id: view.id, title: view.title, step: index + 1, steps: view.steps.length };
		});
		const because = id in spoilers ? 'facilitates' : admin ? 'admin' : null;
		return {
			own: runs.filter(({ scenarioId }) => scenarioId === id).map(ownOf),
			playtested: compiled.scenario.playtested ?? [],
			onPaths: onPaths.filter(({ step }) => step > 0),
			calls: Object.fromEntries(
				Object.keys(compiled.services).map((name) => [
					name,
					compiled.dependencies.filter(({ from }) => from === name).map(({ to }) => to)
				])
			),
			truth: because === null ? { state: 'hidden' } : { state: 'shown', because, spoilers: spoilersOf(compiled) }
		};
	});
}

/** The skill checks of a run, for its debrief: empty for whoever did not respond in it, and until the truth is open. */
export function loadRunChecks(incidentId: string, cookies: CookieReader): Promise<RunCheck[]> {
	return load(async () => {
		const { storage, scenarios } = muster();
		const runs = await readOwnRuns(storage, browserOf(cookies));
		const run = runs.find((one) => one.incidentId === incidentId);
		return run ? checksOf(run, pathsOf(muster()).paths, scenarios.cards, runs) : [];
	});
}

async function readPathViews(browser: string | null): Promise<{ views: PathView[]; runs: PlayedRun[] }> {
	const { storage, scenarios } = muster();
	const runs = await readOwnRuns(storage, browser);
	const library = scenarios.cards;
	const views = pathsOf(muster()).paths.map((path) => progressOf(path, library, runs));
	return { views: views.filter(({ steps }) => steps.length > 0), runs };
}

async function readDebt(cookies: CookieReader): Promise<string[]> {
	if (!(await isAdmin(cookies))) return [];
	const { rows } = await readFacts(muster().storage);
	const owed = practiceDebt(rows).filter(({ realSince }) => realSince.length > 0);
	return [...new Set(owed.map(({ failureClass }) => failureClass))];
}

function ownOf({ scenarioId: _scenarioId, card: _card, ...run }: PlayedRun): OwnRun {
	return run;
}

function summaryOf({ id, title, about, passed, next, seat, steps }: PathView): PathSummary {
	return { id, title, about, passed, next, seat, steps: steps.length };
}
