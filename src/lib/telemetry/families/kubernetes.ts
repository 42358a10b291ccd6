import { level, type Exporter, type Instrument, type Site } from '../collect/instrument.ts';
import { containerLabels, serviceLabels } from '../collect/labels.ts';
import { livesAt, servesAt } from '../truth-view.ts';
import { isOurs } from './process.ts';

const JOB = 'kube-state-metrics';
const PHASES = ['Pending', 'Running', 'Failed'] as const;
/** A container that has ended this often within ten minutes is made to wait before it is started again. */
const CRASHES_UNTIL_BACKOFF = 3;

/** What kube-state-metrics says of deployments and pods. */
function deployment(site: Site): Instrument {
	return {
		id: 'kube-deployment',
		scope: 'service',
		counts: 'living',
		alike: 'version',
		columns: [level('kube_deployment_spec_replicas'), level('kube_deployment_status_replicas_available')],
		labels: serviceLabels(site, JOB, { deployment: site.name }),
		bind(truth) {
			const wanted = truth.metric(site.name, 'replicas');
			const ready = truth.metric(site.name, 'ready');
			return (t, out) => {
				out[0] = Math.round(wanted(t));
				out[1] = Math.round(ready(t));
			};
		}
	};
}

function pods(site: Site): Instrument {
	const { cpu_limit: cores, memory_limit: limit } = site.service;
	return {
		id: 'kube-pod',
		scope: 'pod',
		counts: 'living',
		alike: 'pod',
		columns: [
			...PHASES.map((phase) => level('kube_pod_status_phase', { phase })),
			level('kube_pod_container_status_restarts_total'),
			level('kube_pod_container_status_ready'),
			level('kube_pod_container_status_waiting_reason', { reason: 'CrashLoopBackOff' }),
			level('kube_pod_container_resource_limits', { resource: 'cpu', unit: 'core' }),
			level('kube_pod_container_resource_limits', { resource: 'memory', unit: 'byte' })
		],
		labels: containerLabels(site, JOB),
		bind(truth, { lives, version, index }) {
			const restarts = truth.metric(site.name, 'restarts');
			const countedFromMs = truth.movedFromMs(site.name, 'restarts');
			const crashing = truth.metric(site.name, 'crashloop', { version });
			return (t, out) => {
				const alive = lives.find((life) => livesAt(life, t));
				const ready = alive !== undefined && servesAt(alive, t);
				const ends = lives.filter((life) => life.ended === 'oom' && life.endedAtMs !== null && life.endedAtMs <= t);
				const lately = ends.filter((life) => (life.endedAtMs ?? 0) > t - 600_000).length;
				const begun = lives.some((life) => life.startedAtMs <= t);
				out[0] = begun ? 0 : 1;
				out[1] = begun ? 1 : 0;
				out[2] = 0;
				// Restarts that the scenario only counts are dealt out among the pods.
				out[3] = t < countedFromMs ? ends.length : Math.floor((restarts(t) + index) / site.service.replicas);
				out[4] = ready ? 1 : 0;
				out[5] = crashing(t) >= 0.5 || (!ready && lately >= CRASHES_UNTIL_BACKOFF) ? 1 : 0;
				out[6] = cores;
				out[7] = limit;
			};
		}
	};
}

/** Only where the topology gives the service an autoscaler: baseline `hpa_max` (and `hpa_min`). */
function autoscaler(site: Site): Instrument {
	const { baseline, replicas } = site.service;
	return {
		id: 'kube-hpa',
		scope: 'service',
		counts: 'living',
		alike: 'version',
		columns: [
			level('kube_horizontalpodautoscaler_spec_min_replicas'),
			level('kube_horizontalpodautoscaler_spec_max_replicas'),
			level('kube_horizontalpodautoscaler_status_current_replicas'),
			level('kube_horizontalpodautoscaler_status_desired_replicas')
		],
		labels: serviceLabels(site, JOB, { horizontalpodautoscaler: site.name }),
		bind(truth) {
			const wanted = truth.metric(site.name, 'replicas');
			const ready = truth.metric(site.name, 'ready');
			return (t, out) => {
				out[0] = baseline.hpa_min ?? Math.min(2, replicas);
				out[1] = baseline.hpa_max ?? replicas;
				out[2] = Math.round(ready(t));
				out[3] = Math.round(wanted(t));
			};
		}
	};
}

export const kubernetes: Exporter = {
	comesWith: 'every service but a vendor',
	families: [
		{ name: 'kube_deployment_spec_replicas', type: 'gauge', help: 'Pods that a deployment should have.', unit: 'pods' },
		{
			name: 'kube_deployment_status_replicas_available',
			type: 'gauge',
			help: 'Pods of a deployment that serve.',
			unit: 'pods'
		},
		{ name: 'kube_pod_status_phase', type: 'gauge', help: 'Phase of a pod: 1 for the one it is in.', unit: '' },
		{
			name: 'kube_pod_container_status_restarts_total',
			type: 'counter',
			help: 'How often the container of a pod was started again.',
			unit: 'restarts'
		},
		{
			name: 'kube_pod_container_status_ready',
			type: 'gauge',
			help: 'Whether the container is ready to serve.',
			unit: ''
		},
		{ name: 'kube_pod_container_status_waiting_reason', type: 'gauge', help: 'Why a container waits.', unit: '' },
		{
			name: 'kube_pod_container_resource_limits',
			type: 'gauge',
			help: 'Limits of a container, by resource.',
			unit: ''
		},
		{
			name: 'kube_horizontalpodautoscaler_spec_min_replicas',
			comesWith: '`baseline: { hpa_max: 12 }`',
			type: 'gauge',
			help: 'Fewest pods of an autoscaler.',
			unit: 'pods'
		},
		{
			name: 'kube_horizontalpodautoscaler_spec_max_replicas',
			comesWith: '`baseline: { hpa_max: 12 }`',
			type: 'gauge',
			help: 'Most pods of an autoscaler.',
			unit: 'pods'
		},
		{
			name: 'kube_horizontalpodautoscaler_status_current_replicas',
			comesWith: '`baseline: { hpa_max: 12 }`',
			type: 'gauge',
			help: 'Pods that an autoscaler has now.',
			unit: 'pods'
		},
		{
			name: 'kube_horizontalpodautoscaler_status_desired_replicas',
			comesWith: '`baseline: { hpa_max: 12 }`',
			type: 'gauge',
			help: 'Pods that an autoscaler wants.',
			unit: 'pods'
		}
	],
	attach(site) {
		if (!isOurs(site)) return [];
		const stateful = ['db', 'cache', 'queue', 'storage'].includes(site.service.kind);
		return [
			...(stateful ? [] : [deployment(site)]),
			pods(site),
			...(site.service.baseline.hpa_max === undefined ? [] : [autoscaler(site)])
		];
	}
};
