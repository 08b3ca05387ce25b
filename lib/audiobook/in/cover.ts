import type {Cover} from '../book.js';
import type {Audit} from './audit.js';
import {decodeSource} from './decode.js';
import {elementsIn} from './tree.js';
import {parseXml} from './xml.js';

/** The largest that goes into an audio file, in bytes. */
const largest = 16 * 1024 * 1024;

/** A cover as players show it: JPEG or PNG. Of an SVG, the largest picture in it. Others are told of, not taken. */
export function coverFrom(bytes: Buffer, file: string, audit: Audit): Cover | undefined {
	const mediaType = typeOf(bytes);
	if (mediaType && bytes.length <= largest) return {mediaType, bytes};
	if (mediaType) {
		audit.warn(`The cover ${file} is left out: it is larger than ${largest} bytes.`);
		return undefined;
	}
	const text = bytes.subarray(0, 1024).toString('latin1');
	if (/<svg\b/i.test(text)) {
		const picture = pictureIn(decodeSource(bytes).text);
		if (picture) {
			audit.warn(
				`The cover ${file} is a drawing (SVG), which players do not show: the picture in it is taken.`,
			);
			return picture;
		}
		audit.warn(`The cover ${file} is left out: it is a drawing (SVG), which players do not show.`);
		return undefined;
	}
	audit.warn(`The cover ${file} is left out: it is neither JPEG nor PNG.`);
	return undefined;
}

function pictureIn(svg: string): Cover | undefined {
	const {root} = parseXml(svg);
	let best: Cover | undefined;
	for (const element of root ? elementsIn(root) : []) {
		const href = element.attributes.get('xlink:href') ?? element.attributes.get('href') ?? '';
		const data = element.name === 'image' ? /^data:image\/[\w.+-]+;base64,/i.exec(href) : null;
		if (!data) continue;
		const bytes = Buffer.from(href.slice(data[0].length), 'base64');
		const mediaType = typeOf(bytes);
		if (mediaType && bytes.length <= largest && bytes.length > (best?.bytes.length ?? 0))
			best = {mediaType, bytes};
	}
	return best;
}

function typeOf(bytes: Buffer): Cover['mediaType'] | undefined {
	if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
	return bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')) ? 'image/png' : undefined;
}
