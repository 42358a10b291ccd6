// The runs of a browser, on a run that somebody has played.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestMuster, TestPerson, type Started, type TestMuster } from '../../../../tests/support/test-muster.ts';
import { shippedScenario } from '../../../../tests/support/scenarios.ts';
import { scorecard } from '../../scoring/index.ts';
import { readOwnRuns } from './own-runs.ts';

let test: TestMuster;
let started: Started;
let host: TestPerson;
const own = (browser: string | null = 'mine') => readOwnRuns(test.muster.storage, browser);

beforeAll(async () => {
	test = await openTestMuster({ compiled: [shippedScenario('wishlist-flag-flip')] });
	started = await test.start({ name: 'Ada' });
	await test.muster.storage.addBrowserRun('mine', started.incidentId, started.participantId);
	host = await TestPerson.enter(test.url, started);
});
afterAll(() => test.close());

it('tells of a run what may be told of it: nothing while it goes on, the outcome when the truth is open', async () => {
	expect(await own(null)).toEqual([]);
	expect(await own('another')).toEqual([]);
	expect(await own()).toMatchObject([{ key: 'EX-0001', state: 'open', resolved: null, card: null }]);

	await host.must({ type: 'beginRun' });
	await host.must({ type: 'setSpeed', speed: 60 });
	await test.pass(2);
	await host.must({ type: 'takeRole', role: 'incident_commander' });
	await host.must({ type: 'endRun', reason: 'host' });
	await test.pass(1);
	const [closed] = await own();
	expect(closed).toMatchObject({ state: 'closed', resolved: null, score: null, card: null, as: 'responder' });
	expect(closed?.seats).toEqual(['incident_commander']);

	await host.must({ type: 'answerHotwash', wentWell: 'a', surprisedMe: 'b', unclear: 'c' });
	await host.must({ type: 'openTruth' });
	const [known] = await own();
	expect(known).toMatchObject({ state: 'known', resolved: false, knew: false });
	// The parts of a log that are left out when it is read change nothing about its score.
	const { events, stored } = await test.live(started.incidentId);
	expect(known?.card).toEqual(scorecard(events, stored.policy));
});

it('says of a run that its truth had been read before, where it had', async () => {
	const { storage } = test.muster;
	const [run] = await own();
	await storage.addSpoiler('mine', 'wishlist-flag-flip', (run?.createdAt ?? 0) + 1);
	expect((await own())[0]?.knew).toBe(false);
	await storage.addBrowserRun('theirs', started.incidentId, started.participantId);
	await storage.addSpoiler('theirs', 'wishlist-flag-flip', (run?.createdAt ?? 0) - 1);
	expect((await own('theirs'))[0]?.knew).toBe(true);
});
