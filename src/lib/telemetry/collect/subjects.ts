import type { Pod } from '../../world/index.ts';
import type { Truth } from '../truth-view.ts';
import type { Site, Subject } from './instrument.ts';

/**
 * What there is to scrape of a service under a state: one subject per pod name and version, planned pods included, with
 * all lives of its container. Keyed, so that a subject is recognised under later states.
 */
export function podSubjects(truth: Truth, site: Site): Map<string, Subject> {
	const subjects = new Map<string, Subject & { lives: Pod[] }>();
	for (const life of truth.lives(site.name)) {
		const key = `${life.name}|${life.version}`;
		const known = subjects.get(key);
		if (known === undefined)
			subjects.set(key, { name: life.name, index: life.index, version: life.version, lives: [life] });
		else known.lives.push(life);
	}
	return subjects;
}

export function serviceSubject(site: Site): Subject {
	return { name: site.name, index: 0, version: site.service.version, lives: [] };
}
