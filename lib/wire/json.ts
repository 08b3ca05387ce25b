/** A value, or why there is none. */
export type ParsedJson =
	| {readonly ok: true; readonly value: unknown}
	| {readonly ok: false; readonly problem: string};

const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: false});

/**
 * Reads a body as I-JSON (RFC 7493) wants it: UTF-8 and no name twice in one object, since readers differ in which of the
 * two they take. `__proto__` is refused too: it means no field to anybody, and mischief to some.
 */
export function parseJson(bytes: Uint8Array): ParsedJson {
	let text: string;
	try {
		text = utf8.decode(bytes);
	} catch {
		return {ok: false, problem: 'it is not UTF-8'};
	}
	if (text === '') return {ok: false, problem: 'it is empty'};
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return {ok: false, problem: 'it is not JSON, or was cut off'};
	}
	const problem = nameProblem(text);
	return problem === undefined ? {ok: true, value} : {ok: false, problem};
}

/** What is wrong with the names in valid JSON. */
function nameProblem(json: string): string | undefined {
	// The names seen in each open object; undefined for an array.
	const open: Array<Set<string> | undefined> = [];
	let string = '';
	for (let at = 0; at < json.length; at++) {
		const char = json[at];
		if (char === '"') {
			const end = closingQuote(json, at);
			string = json.slice(at, end + 1);
			at = end;
		} else if (char === '{') open.push(new Set());
		else if (char === '[') open.push(undefined);
		else if (char === '}' || char === ']') open.pop();
		else if (char === ':') {
			const names = open.at(-1);
			const name = string.includes('\\') ? String(JSON.parse(string)) : string.slice(1, -1);
			if (name === '__proto__') return 'it has a name __proto__';
			if (names?.has(name)) return `it has the name ${JSON.stringify(name.slice(0, 40))} twice in one object`;
			names?.add(name);
		}
	}
	return undefined;
}

function closingQuote(json: string, from: number): number {
	let at = from + 1;
	while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
	return at;
}
