import type {AudiobookOptions} from '../audiobook/index.js';
import type {BookOptions} from './book.js';
import {UsageError} from './exit.js';
import {refuseSame} from './output.js';

/** What of an audiobook's options is each output's own. */
export type BookOutput = Pick<AudiobookOptions, 'output' | 'format' | 'captions' | 'report'>;

/** What a command makes: the audiobook, a read-along EPUB, or the one and then the other. Throws UsageError. */
export function outputsOf({output, readAlong, format, captions, report}: BookOptions): BookOutput[] {
	if (readAlong !== undefined && !/\.epub$/i.test(readAlong))
		throw new UsageError(`--read-along makes an EPUB: ${readAlong} must end in .epub.`);
	refuseSame({'--output': output, '--read-along': readAlong});
	const holdsText = output === undefined || /\.epub$/i.test(output);
	if (holdsText && captions !== undefined)
		throw new UsageError(
			'--captions go with an audiobook (-o book.m4b); a read-along EPUB has the text itself.',
		);
	const outputs: BookOutput[] = output === undefined ? [] : [{output, format, captions, report}];
	const isMp4 = format === 'm4b' || format === 'm4a' || /\.m4[ab]$/i.test(output ?? '');
	if (readAlong !== undefined)
		outputs.push({
			output: readAlong,
			format: isMp4 ? 'm4b' : 'mp3',
			// One report tells of both.
			report: report && outputs.length === 0,
		});
	return outputs;
}
