import type { TruthEvent } from '../events/truth-events.ts';
import { percent, type Wordings } from './wording.ts';

export const truthWords: Wordings<TruthEvent> = {
	'truth.recorded': () => null,
	'impact.started': ({ share, assumed }) => ({
		lane: 'truth',
		icon: 'impact',
		title: assumed ? 'Impact began' : `Impact began: ${percent(share)} of users`,
		...(assumed ? { detail: 'How many users were affected is not recorded.' } : {}),
		key: true
	}),
	'impact.changed': ({ share }) => ({ lane: 'truth', icon: 'impact', title: `Impact: ${percent(share)} of users` }),
	'impact.ended': () => ({ lane: 'truth', icon: 'impact', title: 'Impact ended', key: true }),
	'sli.breached': ({ sli, objective }) => ({
		lane: 'truth',
		icon: 'impact',
		title: `${sli} out of its objective`,
		detail: objective
	}),
	'sli.restored': ({ sli }) => ({ lane: 'truth', icon: 'impact', title: `${sli} back in its objective`, key: true }),
	'fault.transitioned': ({ from, to, phase, because }) => ({
		lane: 'truth',
		icon: 'fault',
		title: `${from} to ${to} (${phase})`,
		detail: because,
		key: true
	}),
	'mitigation.judged': ({ verdict }) => ({ lane: 'truth', icon: 'action', title: `The action was ${verdict}` }),
	'expectations.judged': () => null,
	'twin.computed': () => null,
	'telemetry.archived': () => null
};
