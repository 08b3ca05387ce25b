import type {FastifyInstance} from 'fastify';

/** A URL's path without its query, which may hold a key. */
export function pathOf(url: string): string {
	return url.split('?')[0] ?? '';
}

/** The paths of an app, noted as its routes are added, and what methods each takes. */
export class Paths {
	readonly #methods = new Map<string, Set<string>>();

	constructor(app: FastifyInstance) {
		app.addHook('onRoute', ({url, method}) => {
			if (url === '*') return;
			const methods = this.#methods.get(url) ?? new Set();
			for (const name of [method].flat()) methods.add(name);
			this.#methods.set(url, methods);
		});
	}

	/** None where there is no such path. */
	methodsOf(path: string): readonly string[] {
		const pattern = [...this.#methods.keys()].find(known => matches(known, path));
		return [...(this.#methods.get(pattern ?? '') ?? [])];
	}
}

/** Whether a path is of a pattern like `/v1/models/:model`. */
function matches(pattern: string, path: string): boolean {
	const [wanted, given] = [pattern.split('/'), path.split('/')];
	return (
		wanted.length === given.length &&
		wanted.every((part, index) => part === given[index] || (part.startsWith(':') && given[index] !== ''))
	);
}
