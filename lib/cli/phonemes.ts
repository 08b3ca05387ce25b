import {Command} from 'commander';
import {LocalSynthesizer, SpeechError} from '../index.js';
import {examples} from './examples.js';
import {lexiconOption, readLexicons} from './lexicon-option.js';
import {linesOf} from './line-reader.js';
import {print} from './standard-output.js';
import {textSource, unreadable} from './text-source.js';
import {voiceId} from './voice-id.js';

interface PhonemesOptions {
	readonly file?: string;
	readonly voice?: string;
	readonly language?: string;
	readonly lexicon?: readonly string[];
	readonly inlinePhonemes?: boolean;
	readonly skipEmoji?: boolean;
}

export function phonemesCommand(): Command {
	return new Command('phonemes')
		.description('Print what will be said: a line of phonemes for each line of text.')
		.argument('[text...]', 'the text; put -- before text that starts with a dash')
		.option('-f, --file <file>', 'read the text (UTF-8) from a file; - is stdin')
		.option('--voice <id>', 'the voice: an id of speechpipe voices, or a folder', voiceId)
		.option('--language <tag>', 'the default voice of a language: de, pt-BR (BCP 47)')
		.addOption(lexiconOption())
		.option('--inline-phonemes', 'say [word](/phonemes/) in the text by these phonemes')
		.option('--skip-emoji', 'pass emoji over instead of naming them')
		.addHelpText(
			'after',
			examples(
				'speechpipe phonemes "I read it; I will read it."',
				'speechpipe phonemes -f words.txt --voice emma',
			),
		)
		.action(printPhonemes);
}

/** Line by line, as they come. */
async function printPhonemes(words: string[], options: PhonemesOptions): Promise<void> {
	const {file, voice: voiceId, language, inlinePhonemes} = options;
	const lexicon = await readLexicons(options.lexicon);
	const emoji = options.skipEmoji ? 'skip' : 'say';
	const synthesizer = new LocalSynthesizer({workers: 1});
	let [said, unspoken] = [false, ''];
	try {
		let number = 0;
		for await (const line of lines(words, file)) {
			number += 1;
			const told = await synthesizer.phonemes(line, {voiceId, language, lexicon, inlinePhonemes, emoji});
			await print(process.stdout, `${told.phonemes}\n`);
			said ||= told.phonemes !== '';
			for (const {textStart, textEnd, reason} of told.unspoken) {
				const left = line.slice(textStart, textEnd);
				unspoken = `${JSON.stringify(left)}: ${reason}`;
				// Punctuation alone is no loss to tell of.
				if (!/[\p{L}\p{N}\p{S}]/u.test(left)) continue;
				await print(process.stderr, `speechpipe: line ${number} leaves out ${unspoken}\n`);
			}
		}
	} finally {
		await synthesizer.close();
	}
	if (!said && unspoken !== '')
		throw new SpeechError(
			'TEXT_NOT_SPEAKABLE',
			`Nothing in the text could be spoken; the last was ${unspoken}.`,
		);
}

/** Throws FILE_FAILED, and TEXT_INVALID_UTF8 where the bytes are none. */
async function* lines(words: readonly string[], file: string | undefined): AsyncGenerator<string> {
	const source = textSource(words, file);
	if ('isTTY' in source && source.isTTY === true && process.stderr.isTTY)
		await print(process.stderr, 'Type what is to be read, line by line; Ctrl+D ends it.\n');
	try {
		yield* linesOf(source);
	} catch (error) {
		if (error instanceof Error && 'syscall' in error) throw unreadable(file ?? 'Standard input', error);
		throw error;
	}
}
