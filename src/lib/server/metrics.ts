// Muster's own numbers, as Prometheus reads them at GET /metrics.

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own per server, so that two in one process (a test) do not share counts. */
export function createMetrics() {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const registers = [registry];
	return {
		registry,
		commands: new Counter({
			name: 'muster_commands_total',
			help: 'Commands by outcome: done, duplicate or refused.',
			labelNames: ['outcome'],
			registers
		}),
		refusals: new Counter({
			name: 'muster_refusals_total',
			help: 'Refusals by code, of commands, messages and requests.',
			labelNames: ['code'],
			registers
		}),
		malformed: new Counter({
			name: 'muster_malformed_messages_total',
			help: 'Socket messages that do not fit their schema.',
			labelNames: ['namespace'],
			registers
		}),
		faults: new Counter({
			name: 'muster_handler_faults_total',
			help: 'Throws caught in listeners and requests; each is a bug.',
			labelNames: ['where'],
			registers
		}),
		events: new Counter({ name: 'muster_events_appended_total', help: 'Events stored.', registers }),
		appendSeconds: new Histogram({
			name: 'muster_append_seconds',
			help: 'Time from handing events to the database until they are durable.',
			buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
			registers
		}),
		tickLag: new Gauge({
			name: 'muster_tick_lag_seconds',
			help: 'By how much the last tick of the live runs came too late.',
			registers
		}),
		liveRuns: new Gauge({ name: 'muster_live_runs', help: 'Incidents held in memory.', registers }),
		sockets: new Gauge({
			name: 'muster_sockets',
			help: 'Open socket connections by namespace.',
			labelNames: ['namespace'],
			registers
		}),
		querySeconds: new Histogram({
			name: 'muster_query_seconds',
			help: 'Time from a question about telemetry to its answer, waiting included; by who asks: room or tool.',
			labelNames: ['lane'],
			buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
			registers
		}),
		queryFailures: new Counter({
			name: 'muster_query_failures_total',
			help: 'Questions about telemetry that were ended or turned away, by code.',
			labelNames: ['code'],
			registers
		}),
		imported: new Counter({
			name: 'muster_imported_rows_total',
			help: 'Rows of imported files by outcome: imported or refused.',
			labelNames: ['outcome'],
			registers
		}),
		ingested: new Counter({
			name: 'muster_ingested_alerts_total',
			help: 'Alerts that sources sent, by outcome: fired, repeated, resolved, unknown or refused.',
			labelNames: ['outcome'],
			registers
		}),
		outgoingAlerts: new Counter({
			name: 'muster_outgoing_alerts_total',
			help: 'Alerts of exercises sent to allowed targets, by kind of target and outcome: delivered, failed (tried again) or dropped.',
			labelNames: ['kind', 'outcome'],
			registers
		}),
		outgoingWaiting: new Gauge({
			name: 'muster_outgoing_alerts_waiting',
			help: 'Messages that wait for their targets.',
			registers
		}),
		databaseUp: new Gauge({ name: 'muster_database_up', help: '1 while the database answers.', registers })
	};
}
