import type { CompiledScenario, RuleFileData } from '../library.ts';
import type { Problem } from '../problem.ts';
import type { YamlPath, YamlSource } from '../yaml-source.ts';

/** What the checks look at: the compiled content (its hash is not made yet). */
export type Content = Omit<CompiledScenario, 'contentHash'>;

/** Where the content came from, for places. */
export interface LintSources {
	scenario: YamlSource;
	topology: YamlSource;
	rules: { source: YamlSource; data: RuleFileData } | null;
	sharedRules: { source: YamlSource; data: RuleFileData } | null;
	runbooks: Record<string, YamlSource>;
	/** Every path in the scenario's folder. */
	files: string[];
}

/** Collects what the checks find, each at its place. */
export class Findings {
	readonly problems: Problem[] = [];

	constructor(
		readonly content: Content,
		readonly sources: LintSources
	) {}

	error(source: YamlSource, path: YamlPath, code: string, message: string, at: 'key' | 'value' = 'value'): void {
		this.problems.push({ file: source.file, ...source.locate(path, at), code, message, severity: 'error' });
	}

	warning(source: YamlSource, path: YamlPath, code: string, message: string, at: 'key' | 'value' = 'value'): void {
		this.problems.push({ file: source.file, ...source.locate(path, at), code, message, severity: 'warning' });
	}
}
