/** The keys of a Prometheus rule file, for completion: the format is Prometheus', and says no more than this. */
import type { JsonSchema } from './schema-help.ts';

const words = (description: string, example: string): JsonSchema => ({
	type: 'string',
	description,
	examples: [example]
});

export const RULES_SCHEMA: JsonSchema = {
	type: 'object',
	properties: {
		groups: {
			type: 'array',
			description: 'Groups of rules; those of one group are evaluated together, in their order.',
			items: {
				type: 'object',
				required: ['name', 'rules'],
				properties: {
					name: words('Name of the group.', 'api'),
					interval: words('How often it is evaluated.', '15s'),
					rules: {
						type: 'array',
						items: {
							type: 'object',
							required: ['expr'],
							properties: {
								alert: words('Name of the alert.', 'ErrorShareHigh'),
								record: words('Name of the series that it records.', 'service:errors:ratio_rate5m'),
								expr: words('PromQL; an alert is active while it gives anything.', 'up == 0'),
								for: words('How long it must hold before it fires; until then it is pending.', '2m'),
								keep_firing_for: words('How long it goes on firing once it holds no more.', '5m'),
								labels: {
									type: 'object',
									description: 'Labels it gets, `severity` among them.',
									examples: [{ severity: 'critical' }]
								},
								annotations: {
									type: 'object',
									description: 'Words for people; templates may use $labels and $value.',
									properties: {
										summary: words('One line.', '{{ $labels.service }} answers with errors'),
										description: words(
											'What it means, with the value.',
											'{{ $value | humanizePercentage }} of requests fail'
										),
										runbook_url: words(
											'Ends with the id of the runbook that is meant for it.',
											'https://runbooks.example/error-share'
										)
									}
								}
							}
						}
					}
				}
			}
		}
	}
};
