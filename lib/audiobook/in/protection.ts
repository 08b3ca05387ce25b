import {SpeechError} from '../../errors.js';
import {decodeSource} from './decode.js';
import {type BookFiles, resolveLink} from './files.js';
import {elementsIn, find} from './tree.js';
import {parseXml} from './xml.js';

/** Obfuscation of fonts (EPUB 3.3, 4.4; Adobe's): no protection of the text. */
const fontAlgorithms = new Set(['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']);

/** Files that only protected books have, and whose they are. */
const schemes: ReadonlyArray<readonly [file: string, name: string]> = [
	['META-INF/license.lcpl', 'Readium LCP'],
	['META-INF/sinf.xml', 'Apple FairPlay'],
	['META-INF/rights.xml', 'Adobe ADEPT'],
];

/** Throws SpeechError BOOK_PROTECTED if one of the files that are to be read is encrypted (`META-INF/encryption.xml`; EPUB 3.3, 4.2.6.3.2). */
export async function refuseProtected(
	files: BookFiles,
	book: string,
	needed: ReadonlySet<string>,
): Promise<void> {
	const path = 'META-INF/encryption.xml';
	if (!files.paths.has(path)) return;
	const {root} = parseXml(decodeSource(await files.read(path)).text);
	for (const data of root ? elementsIn(root) : []) {
		if (data.name !== 'encrypteddata') continue;
		const algorithm = find(data, 'encryptionmethod')?.attributes.get('algorithm') ?? 'an unnamed algorithm';
		const uri = find(data, 'cipherreference')?.attributes.get('uri');
		// Its paths count from the root of the archive.
		const file = uri === undefined ? undefined : resolveLink(uri, '')?.file;
		if (fontAlgorithms.has(algorithm) || (file !== undefined && !needed.has(file))) continue;
		const scheme = schemes.find(([found]) => files.paths.has(found))?.[1];
		throw new SpeechError(
			'BOOK_PROTECTED',
			`${book} is protected (DRM${scheme === undefined ? '' : `, ${scheme}`}): ${file ?? 'its text'} is encrypted with ${algorithm}. ` +
				'Only books without protection can be read.',
		);
	}
}
