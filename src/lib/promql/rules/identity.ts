/** Which alert a sample is: its labels, worked out once per label set where the rule's label templates allow. */
import type { Interner } from '../eval/metric.ts';
import type { Labels } from '../series.ts';
import type { Template } from '../template/ast.ts';
import { expandTemplate } from '../template/expand.ts';
import type { TemplateHost } from '../template/functions.ts';

export interface AlertIdentity {
	/** Labels as a text, the same for the same labels. */
	readonly key: string;
	readonly labels: Labels;
	/** Labels of the `ALERTS` series in each state, and of `ALERTS_FOR_STATE`. */
	readonly pending: Labels;
	readonly firing: Labels;
	readonly since: Labels;
}

const rememberedAlerts = 10_000;

export function signatureOfLabels(labels: Labels): string {
	return Object.keys(labels)
		.sort()
		.map((name) => `${name}=${JSON.stringify(labels[name])}`)
		.join(',');
}

export class AlertIdentities {
	private bySample = new WeakMap<Labels, AlertIdentity>();
	private readonly byKey = new Map<string, AlertIdentity>();
	private readonly lasting: boolean;

	constructor(
		private readonly name: string,
		private readonly templates: readonly (readonly [string, Template])[],
		private readonly interner: Interner
	) {
		this.lasting = templates.every(([, template]) => dependsOnLabelsOnly(template));
	}

	ofSample(sample: Labels, value: number, externalLabels: Labels, host: TemplateHost): AlertIdentity {
		const known = this.lasting ? this.bySample.get(sample) : undefined;
		if (known) return known;
		const identity = this.ofAlert(this.labelsOf(sample, value, externalLabels, host));
		if (this.lasting) this.bySample.set(sample, identity);
		return identity;
	}

	/** The identity of an alert that is known by its labels already. */
	ofAlert(labels: Labels, key = signatureOfLabels(labels)): AlertIdentity {
		let identity = this.byKey.get(key);
		if (!identity) {
			const series = (name: string, more: Record<string, string>) =>
				this.interner.of({ ...labels, __name__: name, ...more }).labels;
			identity = {
				key,
				labels,
				pending: series('ALERTS', { alertstate: 'pending' }),
				firing: series('ALERTS', { alertstate: 'firing' }),
				since: series('ALERTS_FOR_STATE', {})
			};
			if (this.byKey.size >= rememberedAlerts) this.byKey.clear();
			this.byKey.set(key, identity);
		}
		return identity;
	}

	/** The sample's labels without its name, the rule's expanded over them, and `alertname`. */
	private labelsOf(sample: Labels, value: number, externalLabels: Labels, host: TemplateHost): Labels {
		const labels: Record<string, string> = { ...sample, __name__: '' };
		for (const [name, template] of this.templates) {
			labels[name] = expandTemplate(template, `__alert_${this.name}`, { labels: sample, value, externalLabels }, host);
		}
		labels.alertname = this.name;
		// An empty label is no label.
		return Object.freeze(Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== '')));
	}
}

/** Text and `{{ $labels.x }}` alone: the same labels give the same text. */
function dependsOnLabelsOnly(template: Template): boolean {
	return template.nodes.every((node) => {
		if (node.type === 'text') return true;
		if (node.type !== 'action' || node.pipeline.variables.length > 0) return false;
		return node.pipeline.commands.every(({ terms: [head, ...rest] }) => {
			return rest.length === 0 && head?.operand.type === 'variable' && head.operand.name === 'labels';
		});
	});
}
