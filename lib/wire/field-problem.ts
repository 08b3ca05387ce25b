/** What a schema's check says of a value. */
export interface SchemaError {
	readonly keyword: string;
	readonly instancePath: string;
	readonly message: string;
	readonly params: object;
}

/** Names the first field that is wrong, what it is and what it must be. */
export function fieldProblem(errors: readonly SchemaError[], value: unknown): string {
	const [first] = errors;
	if (!first) return 'it does not fit the schema';
	const field = wrongField(errors);
	if (first.keyword === 'required') return `${field} is missing`;
	const alike = errors.filter(
		({instancePath, keyword}) => instancePath === first.instancePath && keyword !== 'anyOf',
	);
	const must = [...new Set(alike.map(requirement))].join(' or ');
	return `${field} is ${excerpt(valueAt(value, first.instancePath))}; it must ${must}`;
}

/** What a value must do: `be a string`, `be one of "MP3", "AAC"`. */
function requirement({keyword, message, params}: SchemaError): string {
	const must = message
		.replace(/^must /, '')
		.replace(/^be (?=string|number|boolean)/, 'be a ')
		.replace(/^be (?=object|integer|array)/, 'be an ')
		.replace(/^not have fewer than 1 .*/, 'not be empty');
	const allowed: unknown = 'allowedValues' in params ? params.allowedValues : undefined;
	if (keyword !== 'enum' || !Array.isArray(allowed)) return must;
	return `be one of ${allowed.map(value => JSON.stringify(value)).join(', ')}`;
}

/** The first field that is wrong, as a path like `format.sampleRate`; `` for the whole. */
export function wrongField(errors: readonly SchemaError[]): string {
	const [first] = errors;
	if (!first) return '';
	const {requiredProperties: missing} = {requiredProperties: [], ...first.params};
	const names = first.keyword === 'required' && Array.isArray(missing) ? missing.slice(0, 1) : [];
	return [fieldName(first.instancePath), ...names].filter(Boolean).join('.');
}

/** Characters of a value that are shown. */
const shown = 40;

/** Some of a value, as JSON. */
export function excerpt(value: unknown): string {
	const json = beginningOf(value, shown + 1);
	return json.length > shown ? `${json.slice(0, shown)}…` : json;
}

/** A value's JSON, at least its first `room` characters. Each level takes one of them: no value is too deep, as many are for `JSON.stringify`. */
function beginningOf(value: unknown, room: number): string {
	if (room <= 0) return '';
	if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value);
	const [open, close] = Array.isArray(value) ? '[]' : '{}';
	let json = `${open}`;
	for (const [name, part] of Object.entries(value)) {
		if (json.length > room) break;
		if (json !== open) json += ',';
		if (open === '{') json += `${beginningOf(name, room - json.length)}:`;
		json += beginningOf(part, room - json.length);
	}
	return json + close;
}

/** What a value is, where it is not the object that it should be. */
export function kindOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldName(path: string): string {
	return path.slice(1).replaceAll('/', '.');
}

function valueAt(value: unknown, path: string): unknown {
	return path
		.split('/')
		.slice(1)
		.reduce((at, key) => (at as Record<string, unknown>)[key], value); // The path comes from a walk over this value.
}
