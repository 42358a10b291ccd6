import { gauge, type Exporter, type Instrument, type Site } from '../collect/instrument.ts';
import { serviceLabels, stem } from '../collect/labels.ts';

/** Queues and their consumers: what waits, for how long, how far behind. */

function queues(site: Site): Instrument {
	const queue = stem(site.name);
	return {
		id: 'queue',
		scope: 'service',
		counts: 'living',
		alike: 'version',
		columns: [
			gauge('rabbitmq_queue_messages_ready', { queue }, { noise: 0.15, grain: 1 }),
			gauge('queue_oldest_message_age_seconds', { queue }, { noise: 0.1 })
		],
		labels: serviceLabels(site, 'rabbitmq'),
		bind(truth) {
			const depth = truth.metric(site.name, 'queue_depth');
			const age = truth.metric(site.name, 'queue_age');
			return (t, out) => {
				out[0] = depth(t);
				out[1] = age(t) / 1000;
			};
		}
	};
}

function consumer(site: Site): Instrument {
	return {
		id: 'kafka',
		scope: 'service',
		counts: 'living',
		alike: 'version',
		columns: [
			gauge('kafka_consumergroup_lag', { group: site.name, topic: stem(site.name) }, { noise: 0.12, grain: 1 })
		],
		labels: serviceLabels(site, 'kafka-exporter'),
		bind(truth) {
			const depth = truth.metric(site.name, 'queue_depth');
			return (t, out) => {
				out[0] = depth(t);
			};
		}
	};
}

export const queue: Exporter = {
	comesWith: '`exports: [queue]`',
	families: [
		{ name: 'rabbitmq_queue_messages_ready', type: 'gauge', help: 'Messages that wait in a queue.', unit: 'messages' },
		{
			name: 'queue_oldest_message_age_seconds',
			type: 'gauge',
			help: 'Age of the oldest message that waits.',
			unit: 'seconds'
		}
	],
	attach: (site) => (site.service.exports.includes('queue') ? [queues(site)] : [])
};

export const kafka: Exporter = {
	comesWith: '`exports: [kafka]`',
	families: [
		{
			name: 'kafka_consumergroup_lag',
			type: 'gauge',
			help: 'Messages that a group of consumers has yet to read.',
			unit: 'messages'
		}
	],
	attach: (site) => (site.service.exports.includes('kafka') ? [consumer(site)] : [])
};
