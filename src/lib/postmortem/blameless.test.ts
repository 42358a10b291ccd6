import { describe, expect, it } from 'vitest';
import { blameMarks } from './blameless.ts';

const NAMES = ['Ada Lovelace', 'Ben', 'Will', 'Mark'];
const marked = (text: string): string[] => blameMarks(text, NAMES).map(({ phrase }) => phrase);

describe('blameMarks', () => {
	it.each<[string, string[]]>([
		['The canary should have caught it.', ['should have caught']],
		['We should not have restarted it', ['should not have restarted']],
		['It shouldn’t have been deployed on a Friday', ['shouldn’t have been']],
		['This could have been prevented', ['could have been']],
		['The load test ought to have run longer', ['ought to have run']],
		['In hindsight the graph was clear', ['In hindsight']],
		['If only the alert had fired', ['If only']],
		['Obviously the pool was too small', ['Obviously']],
		['The engineer failed to check the graph', ['engineer failed to']],
		['The on-call failed to escalate', ['on-call failed to']],
		['Nobody on the team failed to answer', ['Nobody on the team failed to']],
		['It was failed to notice', ['failed to notice']],
		['Root cause: human error', ['human error']],
		['Operator errors are common', ['Operator errors']],
		['A careless change', ['careless']],
		['Carelessness and negligence', ['Carelessness', 'negligence']],
		['The release manager forgot to tell anyone', ['forgot to']],
		['They made a mistake', ['made a mistake']],
		['It was their own fault', ['their own fault']],
		['The database team is to blame', ['to blame']],
		['Ben broke production', ['Ben broke']],
		['Ada Lovelace wrongly typed the command', ['Ada Lovelace wrongly']],
		['Ada accidentally caused the outage', ['Ada accidentally caused']],
		['Outage caused by Ben', ['caused by Ben']],
		['Ben’s mistake', ['Ben’s mistake']],
		['Ben failed to check and should have asked', ['Ben failed', 'should have asked']]
	])('marks: %s', (text, phrases) => expect(marked(text)).toEqual(phrases));

	it.each([
		'The pod failed to start after the crash',
		'Requests failed to reach the database',
		'The deploy job failed to connect',
		'Every service should have an owner',
		'Alerts should have runbooks',
		'A longer canary would have shown it',
		'Errors rose to 15% after the release',
		'Error rate is above 5%',
		'Fault injection was off',
		'Ben restarted the pods at 14:42',
		'Ben found the cause of the errors',
		'Ada noticed that the cache held everything',
		'The team will mark the errors by hand',
		'will caused nothing, and mark errors with a flag',
		'Rolling restart, which runbook "memory_leak" calls for, made the problem worse',
		'User errors_total counts 5xx',
		'The default pool size could have a limit',
		'On-call response time missed its target',
		'The blameless review takes place on Monday',
		''
	])('leaves alone: %s', (text) => expect(marked(text)).toEqual([]));

	it('says where, and what to write instead', () => {
		const text = 'We waited. The canary should have caught it.';
		const [mark] = blameMarks(text);
		expect(mark && text.slice(mark.start, mark.end)).toBe('should have caught');
		expect(mark?.suggestion).toContain('what was known at that moment');
	});

	it('takes a name for what it is, whatever signs are in it', () => {
		expect(blameMarks('Z.* broke it', ['Z.*'])).toHaveLength(1);
		expect(blameMarks('Zoe broke it', ['Z.*'])).toHaveLength(0);
		expect(blameMarks('Jörg broke it', ['Jörg'])).toHaveLength(1);
		expect(blameMarks('Bennet broke it', ['Ben'])).toHaveLength(0);
	});

	it('is quick on long text', () => {
		expect(blameMarks('failed '.repeat(5000), NAMES)).toEqual([]);
	});
});
