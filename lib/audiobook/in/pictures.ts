import {collapsed, type Element} from './tree.js';

export function isPicture({name}: Element): boolean {
	return name === 'img' || name === 'svg' || name === 'image';
}

/** What is said in the place of a picture or a formula (`alt`, MathML's `alttext`, ARIA's `aria-label`), and the picture's file. */
export function pictureOf({attributes}: Element): {readonly alternative: string; readonly name: string} {
	const first = (...names: readonly string[]) =>
		names.map(name => attributes.get(name)).find(value => value !== undefined) ?? '';
	return {
		alternative: collapsed(first('alt', 'alttext', 'aria-label')),
		name: first('src', 'xlink:href', 'href'),
	};
}
