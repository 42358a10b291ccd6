import type { Site, Subject } from './instrument.ts';

/** Labels that targets carry, as service discovery gives them. */

const place = (site: Site) => ({
	service: site.name,
	namespace: site.compiled.topology.namespace,
	region: site.compiled.topology.region
});

/** What a process says of itself: job and instance are the service and the pod. */
export function processLabels(site: Site): (subject: Subject) => Record<string, string> {
	return (subject) => ({
		job: site.name,
		instance: subject.name,
		...place(site),
		pod: subject.name,
		container: site.name,
		version: subject.version
	});
}

/** What others say of a pod's container (cAdvisor, kube-state-metrics). */
export function containerLabels(site: Site, job: string): (subject: Subject) => Record<string, string> {
	return (subject) => ({
		job,
		...place(site),
		pod: subject.name,
		container: site.name,
		version: subject.version
	});
}

/** What is said of a host that one pod of the service stands for. */
export function hostLabels(site: Site, job: string): (subject: Subject) => Record<string, string> {
	return (subject) => ({ job, instance: subject.name, ...place(site) });
}

/** What is said of a service as a whole. */
export function serviceLabels(
	site: Site,
	job: string,
	extra: Record<string, string> = {}
): (subject: Subject) => Record<string, string> {
	return () => ({ job, ...place(site), ...extra });
}

/** Service name without the ending that says what kind of thing it is: `payout-batch` is `payout`, `ledger-db` is `ledger`. */
export function stem(name: string): string {
	return name.replace(/-(db|batch|job|queue|svc|service|cache|replica)$/, '') || name;
}
