import { describe, expect, it } from 'vitest';
import { compileTemplate, expandTemplate } from './expand.ts';
import { humanize, humanize1024, humanizeDuration, humanizePercentage, humanizeTimestamp } from './humanize.ts';
import { QuerySample } from './value.ts';
import { formatF, formatG } from '../goFloat.ts';

const samples = [
	new QuerySample(new Map([['instance', 'b:9100']]), 21),
	new QuerySample(new Map([['instance', 'a:9100']]), 11)
];

function expand(text: string, value = 0.0512): string {
	const template = compileTemplate(text);
	if (!template.ok) return `refused: ${template.error.position.column}: ${template.error.message}`;
	const data = { labels: { job: 'api', instance: 'web-1.example:8080' }, value, externalLabels: { cluster: 'eu' } };
	return expandTemplate(template.value, 'T', data, {
		timeMs: 0,
		externalUrl: 'http://prometheus',
		query: (expression) => {
			if (expression === 'broken') throw new Error('it broke');
			return expression === 'nothing' ? [] : samples;
		}
	});
}

describe('templates', () => {
	it.each([
		['plain', 'plain'],
		['{{ $labels.job }} at {{ $value }}', 'api at 0.0512'],
		['{{ .Labels.job }}{{ .Value }}{{ $externalLabels.cluster }}{{ $externalURL }}', 'api0.0512euhttp://prometheus'],
		['[{{ $labels.nothing }}]', '[]'],
		['{{ $value | humanizePercentage }}', '5.12%'],
		['{{ $value | printf "%.2f" }} {{ printf "%s-%5.1f|" $labels.job $value }}', '0.05 api-  0.1|'],
		['{{ printf "%d" 3 }} {{ printf "%d" $value }}', '3 %!d(float64=0.0512)'],
		['{{ printf "%v %q %t %05d %x %%" $value "a" true 42 255 }}', '0.0512 "a" true 00042 ff %'],
		['{{ printf "%s" }} {{ printf "x" 1 }}', '%!s(MISSING) x%!(EXTRA int=1)'],
		['{{ if gt $value 0.05 }}high{{ else }}low{{ end }}', 'high'],
		['{{ if eq $labels.job "web" "api" }}yes{{ end }}', 'yes'],
		['{{ if and (eq $labels.job "api") (not (lt $value 0.01)) }}both{{ else }}no{{ end }}', 'both'],
		['{{ if false }}a{{ else if true }}b{{ else }}c{{ end }}', 'b'],
		['{{ with $labels.job }}<{{ . }}>{{ end }}{{ with $labels.none }}x{{ else }}none{{ end }}', '<api>none'],
		['{{ range query "up" }}{{ .Labels.instance }}={{ .Value }} {{ end }}', 'b:9100=21 a:9100=11 '],
		[
			'{{ range $i, $s := query "up" | sortByLabel "instance" }}{{ $i }}:{{ $s | label "instance" }} {{ end }}',
			'0:a:9100 1:b:9100 '
		],
		['{{ range query "nothing" }}x{{ else }}none{{ end }}', 'none'],
		['{{ range query "up" }}{{ if eq .Value 21.0 }}{{ continue }}{{ end }}{{ .Value }}{{ break }}{{ end }}', '11'],
		['{{ query "up" | first | value }} {{ query "up" | len }}', '21 2'],
		['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}', '2'],
		['a {{- /* gone */ -}} b', 'ab'],
		['a {{- " " -}} b', 'a b'],
		[
			'{{ define "t" }}[{{ .arg0 }} {{ .arg1 }}]{{ end }}{{ template "t" args "x" 2 }}{{ tmpl "t" (args 3 4) }}',
			'[x 2][3 4]'
		],
		['{{ "hello world" | title }} {{ toUpper "a" }} {{ toLower "B" }}', 'Hello World A b'],
		['{{ reReplaceAll "(.*):\\\\d+" "host $1" $labels.instance }}', 'host web-1.example'],
		['{{ if match "^web" $labels.instance }}web{{ end }}', 'web'],
		[
			'{{ stripPort $labels.instance }} {{ stripPort "[::1]:80" }} {{ stripDomain $labels.instance }}',
			'web-1.example ::1 web-1:8080'
		],
		['{{ index $labels "job" }} {{ slice "abcdef" 1 3 }} {{ len "abc" }}', 'api bc 3'],
		['{{ html "<a>" }} {{ urlquery "a b&c" }}', '&lt;a&gt; a+b%26c'],
		['{{ $labels }}', 'map[instance:web-1.example:8080 job:api]'],
		['{{ humanizeDuration 3725 }} {{ humanize "1234567" }}', '1h 2m 5s 1.235M'],
		['{{ graphLink "up == 0" }}', '/graph?g0.expr=up+%3D%3D+0&g0.tab=0'],
		['{{ (query "up" | first).Value }}', '21']
	])('%s', (text, expected) => expect(expand(text)).toBe(expected));

	it.each([
		['{{ query "nothing" | first | value }}', 'error calling first: first() called on vector with no elements'],
		['{{ query "broken" }}', 'error calling query: it broke'],
		['{{ .Nope.Deeper }}', "can't evaluate field Nope in type struct"],
		['{{ if eq $value "a" }}{{ end }}', 'error calling eq: incompatible types for comparison'],
		['{{ $labels.job "x" }}', 'job is not a method but has arguments'],
		['{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}', 'exceeded maximum template depth'],
		['{{ range query "up" }}{{ range $labels }}{{ printf "%01000d%01000d" 1 1 }}{{ end }}{{ end }}', undefined]
	])('renders what went wrong in %s', (text, reason) => {
		const expanded = expand(text);
		if (reason === undefined) expect(expanded.length).toBeGreaterThan(1000);
		else
			expect(expanded).toMatch(
				/^<error expanding template: error executing template T: template: T:1:\d+: executing "T"( at <.+>)?: .*>$/
			);
		if (reason !== undefined) expect(expanded).toContain(reason);
	});

	it.each([
		// As Prometheus itself renders them: columns count from nought, behind the declarations it puts first.
		['{{ query "broken" }}', 'template: T:1:115: executing "T" at <query "broken">: error calling query: it broke>'],
		[
			'{{ query "nothing" | first | value }}',
			'template: T:1:133: executing "T" at <first>: error calling first: first() called on vector with no elements>'
		],
		['a\n{{ query 1 }}', 'template: T:2:9: executing "T" at <1>: expected string; found 1>'],
		['{{ first }}', 'template: T:1:115: executing "T" at <first>: wrong number of args for first: want 1 got 0>'],
		[
			'{{ range query "m" }}{{ .metric.x }}{{ end }}',
			`template: T:1:143: executing "T" at <.metric.x>: can't evaluate field metric in type *template.sample>`
		],
		[
			'{{ .Nope.Deeper }}',
			`template: T:1:120: executing "T" at <.Nope.Deeper>: can't evaluate field Nope in type struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value float64 }>`
		],
		[
			'{{ $labels.job "x" }}',
			'template: T:1:122: executing "T" at <$labels.job>: job is not a method but has arguments>'
		]
	])('says where %s went wrong', (text, expected) => expect(expand(text)).toContain(expected));

	it.each([
		['{{ $lables.job }}', 'refused: 4: undefined variable "$lables"'],
		['{{ humanise $value }}', 'refused: 4: function "humanise" not defined'],
		['{{ $value', 'refused: 1: unclosed action'],
		['{{ if true }}', 'refused: 14: unexpected EOF: {{end}} is missing'],
		['{{ end }}', 'refused: 1: unexpected {{end}}'],
		['{{ }}', 'refused: 1: missing value for command'],
		['{{ break }}', 'refused: 1: {{break}} outside {{range}}'],
		['{{ "a }}', 'refused: 4: unterminated quoted string']
	])('refuses %s', (text, expected) => expect(expand(text)).toBe(expected));
});

describe('numbers for people', () => {
	it.each([
		[humanize(1_234_567), '1.235M'],
		[humanize(0.0012), '1.2m'],
		[humanize(-999.5), '-999.5'],
		[humanize(0), '0'],
		[humanize(NaN), 'NaN'],
		[humanize1024(1_048_576), '1Mi'],
		[humanize1024(512), '512'],
		[humanizeDuration(0), '0s'],
		[humanizeDuration(59.99), '59.99s'],
		[humanizeDuration(60), '1m 0s'],
		[humanizeDuration(899.99), '14m 59s'],
		[humanizeDuration(86_400 * 3 + 3661), '3d 1h 1m 1s'],
		[humanizeDuration(-90), '-1m 30s'],
		[humanizeDuration(0.0001), '100us'],
		[humanizePercentage(0.123456), '12.35%'],
		[humanizeTimestamp(1_435_065_584.128), '2015-06-23 13:19:44.128 +0000 UTC'],
		[humanizeTimestamp(0), '1970-01-01 00:00:00 +0000 UTC']
	])('%s', (got, expected) => expect(got).toBe(expected));
});

describe('floats as Go prints them', () => {
	it.each([
		[formatG(1e6), '1e+06'],
		[formatG(123_456), '123456'],
		[formatG(1_234_567), '1.234567e+06'],
		[formatG(0.0001), '0.0001'],
		[formatG(0.00001), '1e-05'],
		[formatG(-0), '-0'],
		[formatG(0.1 + 0.2), '0.30000000000000004'],
		[formatG(1234.5678, 4), '1235'],
		[formatG(12_345, 4), '1.234e+04'],
		[formatG(100, 4), '100'],
		[formatF(1e21, -1), '1000000000000000000000'],
		[formatF(1e-7, -1), '0.0000001'],
		[formatF(2.5, 0), '2'],
		[formatF(-1.005, 2), '-1.00']
	])('%s', (got, expected) => expect(got).toBe(expected));
});
