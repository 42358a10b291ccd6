import type { Service } from '../../scenario/scenario.schema.ts';
import { drawOf } from './draws.ts';

/** What a stack trace is about. */
export interface StackFacts {
	hash: number;
	service: string;
	method: string;
	route: string;
	message: string;
	/** The service that was called; null where the failure is its own. */
	peer: string | null;
	slow: boolean;
}

/** The trace that a runtime prints of a failure for which the scenario has no words; empty where it prints none. */
export function stackOf(runtime: Service['runtime'], facts: StackFacts): string[] {
	const line = (n: number, most: number) => 20 + Math.floor(drawOf(facts.hash, 40 + n) * most);
	const what = camel(lastWord(facts.route));
	const peer = facts.peer === null ? null : camel(facts.peer);
	switch (runtime) {
		case 'jvm': {
			const own = `com.example.${facts.service.replace(/[^a-z0-9]/g, '')}`;
			const type = facts.slow
				? 'java.net.SocketTimeoutException'
				: peer === null
					? 'java.lang.IllegalStateException'
					: `${own}.client.UpstreamException`;
			return [
				`${type}: ${facts.message}`,
				...(peer === null ? [] : [`\tat ${own}.client.${peer}Client.call(${peer}Client.java:${line(1, 180)})`]),
				`\tat ${own}.service.${what}Service.${facts.method.toLowerCase()}(${what}Service.java:${line(2, 300)})`,
				`\tat ${own}.web.${what}Controller.${facts.method.toLowerCase()}(${what}Controller.java:${line(3, 120)})`,
				'\tat org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:885)',
				'\tat java.base/java.lang.Thread.run(Thread.java:1583)'
			];
		}
		case 'node':
			return [
				`${facts.slow ? 'TimeoutError' : 'Error'}: ${facts.message}`,
				...(peer === null
					? []
					: [`    at ${peer}Client.request (/app/dist/clients/${facts.peer}.js:${line(1, 90)}:13)`]),
				`    at async ${what}.${facts.method.toLowerCase()} (/app/dist/routes/${what.toLowerCase()}.js:${line(2, 140)}:21)`,
				'    at async Server.handle (/app/node_modules/fastify/lib/route.js:402:9)'
			];
		case 'python':
			return [
				'Traceback (most recent call last):',
				`  File "/app/${what.toLowerCase()}/views.py", line ${line(1, 140)}, in ${facts.method.toLowerCase()}`,
				...(facts.peer === null
					? []
					: [`  File "/app/clients/${facts.peer.replaceAll('-', '_')}.py", line ${line(2, 90)}, in call`]),
				`${facts.slow ? 'TimeoutError' : 'RuntimeError'}: ${facts.message}`
			];
		case 'go':
		case 'native':
		case 'none':
			// These say what failed in one line.
			return [];
	}
}

/** `/v1/orders/{id}` is about orders. */
function lastWord(route: string): string {
	const words = route.split('/').filter((part) => /^[a-z][a-z-]*$/i.test(part));
	return words.at(-1) ?? 'root';
}

function camel(name: string): string {
	return name.replace(/(^|[-_])(\w)/g, (_, _dash: string, letter: string) => letter.toUpperCase());
}
