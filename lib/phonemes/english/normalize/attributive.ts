import {closedClass} from '../word-classes.js';

const attributes =
	/^(?:an?|the|this|that|his|her|its|my|your|our|their|another|each|every|one|single|new)$/iu;

/** Whether an amount stands before a noun; then its unit stands in the singular: "a twenty dollar bill". */
export function qualifies(before: string, after: string): boolean {
	if (/^-\p{L}/u.test(after)) return true;
	const next = /^[\s-](\p{L}+)/u.exec(after)?.[1];
	return (
		next !== undefined &&
		attributes.test(before) &&
		!closedClass.has(next.toLowerCase()) &&
		!/(?:ed|ly)$/.test(next)
	);
}
