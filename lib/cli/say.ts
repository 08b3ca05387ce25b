import {PassThrough, type Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {Command} from 'commander';
import {
	captions,
	LocalSynthesizer,
	SpeechError,
	type Synthesizer,
	TTSTransform,
	toFile,
	transcode,
	type UserLexicon,
} from '../index.js';
import {examples} from './examples.js';
import {abortOnSignals, UsageError} from './exit.js';
import {lexiconOption, readLexicons} from './lexicon-option.js';
import {showLive} from './live-line.js';
import {modelMemoryOption} from './model-memory-option.js';
import {numberOf} from './number-of.js';
import {captionFormatFor, formatNames, type Output, outputFor, refuseSame} from './output.js';
import {type RemoteOptions, remoteFor} from './remote.js';
import {print, standardOutput} from './standard-output.js';
import {refuseBlank, textSource, unreadable} from './text-source.js';
import {together} from './together.js';
import {listen, unspokenNote} from './told.js';
import {voiceId} from './voice-id.js';

interface SayOptions extends RemoteOptions {
	readonly file?: string;
	readonly output?: string;
	readonly voice?: string;
	readonly language?: string;
	readonly sampleRate?: number;
	readonly speaker?: number;
	readonly speed?: number;
	readonly pitch?: number;
	readonly volume?: number;
	readonly noise?: number;
	readonly maxModelMemory?: number;
	readonly format?: string;
	readonly captions?: string;
	readonly json?: boolean;
	readonly lexicon?: readonly string[];
	readonly inlinePhonemes?: boolean;
	readonly skipEmoji?: boolean;
}

export function sayCommand(): Command {
	return new Command('say')
		.description('Say text: from the arguments, a file, or stdin as it arrives.')
		.argument('[text...]', 'what to say; put -- before text that starts with a dash')
		.option('-f, --file <file>', 'read the text (UTF-8) from a file; - is stdin')
		.option('-o, --output <file>', 'write the audio to a file; without it, or for -, to stdout as WAV')
		.option('--voice <id>', 'the voice: an id of speechpipe voices, or a folder', voiceId)
		.option('--language <tag>', 'the default voice of a language: de, pt-BR (BCP 47)')
		.option('--rate, --sample-rate <hz>', '8000 to 48000; the voice’s own by default', numberOf('--rate'))
		.option('--speed <factor>', 'speed of speech, 1 is normal; heart takes 0.5 to 2', numberOf('--speed'))
		.option('--pitch <factor>', 'of voices of eSpeak NG, 1 is normal', numberOf('--pitch'))
		.option('--volume <factor>', 'of voices of eSpeak NG, 1 is normal', numberOf('--volume'))
		.option(
			'--speaker <number>',
			'one of the speakers of a voice that has several, from 0',
			numberOf('--speaker'),
		)
		.option('--noise <factor>', 'liveliness of a voice of Piper, 1 is normal, 0 is even', numberOf('--noise'))
		.option('--format <name>', `by default told by the extension; one of ${formatNames}`)
		.option('--captions <file>', 'write captions too: .srt, .vtt, .lrc or .json')
		.option('--url <url>', 'speak on a server: ws://127.0.0.1:8080, wss://host (see: speechpipe serve)')
		.option('--api-key <key>', 'the key that the server asks for')
		.addOption(lexiconOption())
		.option('--inline-phonemes', 'say [word](/phonemes/) in the text by these phonemes')
		.option('--skip-emoji', 'pass emoji over instead of naming them')
		.addOption(modelMemoryOption())
		.option('--json', 'print the timeline as JSON, on stderr when the audio goes to stdout')
		.addHelpText(
			'after',
			examples(
				'speechpipe say "Streams can talk." -o hello.mp3',
				'speechpipe say -f chapter.txt -o chapter.mp3 --captions chapter.vtt',
				'speechpipe say "Guten Tag." --language de | aplay',
				'tail -f app.log | speechpipe say | aplay',
			),
		)
		.action(say);
}

/** From the text to the file or to stdout. */
async function say(words: string[], options: SayOptions): Promise<void> {
	const file = options.output === '-' || options.output === '/dev/stdout' ? undefined : options.output;
	if (file === undefined && process.stdout.isTTY) {
		throw new UsageError(
			'The audio would go to the terminal: name a file (-o hello.mp3), or pipe it on (speechpipe say Hello | aplay).',
		);
	}
	const output = outputFor(file, options.format);
	if (options.captions !== undefined) captionFormatFor(options.captions);
	refuseSame({'-f': options.file, '-o': file, '--captions': options.captions});
	const synthesizer = await synthesizerFor(options);
	const lexicon = options.lexicon && (await readLexicons(options.lexicon));
	const speech = newSpeech({...options, lexicon}, output, synthesizer);
	const source = textSource(words, options.file);

	const {stderr} = process;
	const typing = 'isTTY' in source && source.isTTY === true;
	if (typing && stderr.isTTY) await print(stderr, 'Type what is to be said; Ctrl+D ends it.\n');
	const live = stderr.isTTY && !options.json ? showLive(speech, stderr, typing) : undefined;
	const told = listen(speech);
	const controller = new AbortController();
	const forget = abortOnSignals(controller);
	try {
		await speak({source, speech, output, file, captionsFile: options.captions}, controller);
		live?.end();
	} catch (error) {
		live?.clear();
		// Whatever writes, fails with SpeechErrors.
		const isFromText = error instanceof Error && 'syscall' in error;
		throw isFromText ? unreadable(options.file ?? 'Standard input', error) : inTheCommandsWords(error);
	} finally {
		forget();
		await synthesizer?.close();
	}
	if (live && told.unspokenCount > 0) await print(stderr, `${unspokenNote(told)}\n`);
	if (options.json) {
		const {timeline, ...unspoken} = told;
		const line = JSON.stringify({...timeline, ...unspoken});
		await print(file === undefined ? stderr : process.stdout, `${line}\n`);
	}
}

/** The lexicons read. */
type SpeechOptions = Omit<SayOptions, 'lexicon'> & {readonly lexicon: UserLexicon | undefined};

interface Plan {
	readonly source: Readable;
	readonly speech: TTSTransform;
	readonly output: Output;
	/** Where the audio goes; undefined for stdout. */
	readonly file: string | undefined;
	readonly captionsFile: string | undefined;
}

/** Speaks; settles when all was written and the files are there, or none is. */
async function speak(plan: Plan, controller: AbortController): Promise<void> {
	const {source, speech, output, file, captionsFile} = plan;
	const {signal} = controller;
	const ready = together(captionsFile === undefined ? 1 : 2);
	const sink = file === undefined ? standardOutput(ready) : toFile(file, {ready});
	// A format that was named is written under any name: the file is not told it.
	const untold = file === undefined ? [] : [new PassThrough()];
	const encoder = output.encode ? [transcode(output.encode)] : untold;
	const work: Array<() => Promise<void>> = [
		() => pipeline([source, refuseBlank(), speech, ...encoder, sink], {signal}),
	];
	if (captionsFile !== undefined) {
		const captioner = captions(captionFormatFor(captionsFile), {
			text: (start, end) => speech.textBetween(start, end),
		});
		const captionsSink = toFile(captionsFile, {ready});
		work.push(() => pipeline(speech.words, captioner, captionsSink, {signal}));
	}
	const running = work.map(start => start());
	for (const one of running) one.catch(error => controller.abort(error));
	await Promise.allSettled(running);
	signal.throwIfAborted();
}

/** What is to speak: a server, or this process with other bounds than by default; undefined: this process. */
async function synthesizerFor(options: SayOptions): Promise<Synthesizer | undefined> {
	const {maxModelMemory} = options;
	const local = maxModelMemory === undefined ? undefined : new LocalSynthesizer({maxModelMemory});
	return (await remoteFor(options)) ?? local;
}

/** A voice with the speaker that is meant. */
function voiceIdOf(voice: string | undefined, speaker: number | undefined): string | undefined {
	if (speaker === undefined) return voice;
	if (voice === undefined) throw new UsageError('--speaker is for a voice: name it with --voice.');
	return `${voice}#${speaker}`;
}

function newSpeech(
	{voice, speaker, lexicon, inlinePhonemes, skipEmoji, ...options}: SpeechOptions,
	{format}: Output,
	synthesizer: Synthesizer | undefined,
): TTSTransform {
	try {
		const readings = {lexicon, inlinePhonemes, emoji: skipEmoji ? ('skip' as const) : undefined};
		return new TTSTransform({
			synthesizer,
			voiceId: voiceIdOf(voice, speaker),
			language: options.language,
			sampleRate: options.sampleRate,
			speed: options.speed,
			pitch: options.pitch,
			volume: options.volume,
			noise: options.noise,
			format,
			...readings,
		});
	} catch (error) {
		throw inTheCommandsWords(error);
	}
}

/** The library names its options; the command's are spelled otherwise. */
function inTheCommandsWords(error: unknown): unknown {
	if (!(error instanceof SpeechError) || error.code !== 'OPTION_INVALID') return error;
	const message = error.message
		.replace(/^sampleRate\b/, '--rate')
		.replace(/^(speed|pitch|volume|noise|language)\b/, '--$1');
	return new SpeechError(error.code, message, {cause: error});
}
