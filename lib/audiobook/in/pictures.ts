import {collapsed, type Element, find} from './tree.js';

export function isPicture({name}: Element): boolean {
	return name === 'img' || name === 'svg' || name === 'image';
}

/** What is said in the place of a picture or a formula (`alt`, MathML's `alttext`, ARIA's `aria-label`), and the picture's file. */
export function pictureOf(element: Element): {readonly alternative: string; readonly name: string} {
	// A drawing is often but the frame of a picture.
	const source = (element.name === 'svg' && find(element, 'image')) || element;
	return {
		alternative: collapsed(firstOf(element, 'alt', 'alttext', 'aria-label')),
		name: firstOf(source, 'src', 'xlink:href', 'href'),
	};
}

function firstOf({attributes}: Element, ...names: readonly string[]): string {
	return names.map(name => attributes.get(name)).find(value => value !== undefined) ?? '';
}
