import {Command, Option} from 'commander';
import type {ClusterOptions} from './book-cluster.js';
import {cacheOption} from './cache-option.js';
import {examples} from './examples.js';
import {UsageError} from './exit.js';
import {lexiconOption} from './lexicon-option.js';
import {numberOf} from './number-of.js';
import type {RemoteOptions} from './remote.js';
import {print} from './standard-output.js';

type Matter = 'useful' | 'all' | 'skip';

export interface BookSourceOptions {
	readonly notes: 'skip' | 'inline' | 'end';
	readonly tables: 'rows' | 'skip';
	readonly code: 'skip' | 'read';
	readonly images: 'skip' | 'alt';
	readonly frontMatter: Matter;
	readonly backMatter: Matter;
	readonly chapterLevels?: number;
	readonly language?: string;
	readonly chapters?: string;
}

export interface BookMakingOptions extends RemoteOptions, Omit<ClusterOptions, 'url' | 'concurrency'> {
	readonly output?: string;
	readonly readAlong?: string;
	readonly highlight: 'word' | 'sentence';
	readonly format?: string;
	readonly bitrate?: number;
	readonly pause?: readonly string[];
	readonly loudness?: string;
	readonly captions?: 'srt' | 'vtt' | 'lrc';
	readonly report: boolean;
	readonly allowGaps?: boolean;
	readonly retries?: number;
	readonly concurrency?: number;
	readonly force?: boolean;
	readonly cache?: string;
	readonly cacheSize?: number;
	readonly lexicon?: readonly string[];
}

export interface BookOptions extends BookSourceOptions, BookMakingOptions {
	readonly voice?: readonly string[];
	readonly speed?: number;
	readonly list?: boolean;
	readonly estimate?: boolean;
	readonly price?: number;
	readonly json?: boolean;
}

const pauseHelp =
	'silence behind a clause, sentence, paragraph, heading, section or chapter, in ms: section=2000 (repeatable)';

export function bookCommand(): Command {
	const collect = (value: string, all: readonly string[] = []) => [...all, value];
	const choice = (flags: string, description: string, choices: readonly [string, ...string[]]) =>
		new Option(flags, description).choices(choices).default(choices[0]);
	const matter = ['useful', 'all', 'skip'] as const;
	return new Command('book')
		.description('Read a whole book: EPUB, Markdown, HTML, plain text, or a folder of them.')
		.argument('<input>', 'the book')
		.option('-o, --output <path>', 'a file (.m4b, .mp3, .opus, .flac, .wav), or a folder of chapters')
		.option('--read-along <file>', 'an EPUB whose text is highlighted as it is heard; with -o or alone')
		.addOption(choice('--highlight <what>', 'in the read-along EPUB', ['word', 'sentence']))
		.option('--format <name>', 'of a folder’s files: mp3 (the default), m4b, opus, flac or wav')
		.option(
			'--voice <id>',
			'the voice, by default that of the book’s language; LANGUAGE=ID for its parts in another (repeatable)',
			collect,
		)
		.option('--language <tag>', 'the book’s language, where it tells none or the wrong one (BCP 47)')
		.option('--chapters <list>', 'only these: 3, 2-5, 8- or a list of such (--list numbers them)')
		.option('--speed <factor>', 'speed of speech, 1 is normal', numberOf('--speed'))
		.addOption(choice('--notes <policy>', 'footnotes and endnotes', ['skip', 'inline', 'end']))
		.addOption(choice('--tables <policy>', 'tables', ['rows', 'skip']))
		.addOption(choice('--code <policy>', 'blocks of code', ['skip', 'read']))
		.addOption(choice('--images <policy>', 'images: by their alternative text', ['skip', 'alt']))
		.addOption(choice('--front-matter <policy>', 'what stands before the text', matter))
		.addOption(choice('--back-matter <policy>', 'what stands behind the text', matter))
		.option(
			'--chapter-levels <number>',
			'levels of the table of contents that make chapters; all by default',
			numberOf('--chapter-levels'),
		)
		.option('--pause <kind=ms>', pauseHelp, collect)
		.option(
			'--loudness <lufs>',
			'what the book is brought to, measured; off: the voice as it is. By default each voice’s known gain to -18',
		)
		.addOption(new Option('--captions <format>', 'captions for each chapter').choices(['srt', 'vtt', 'lrc']))
		.option(
			'--bitrate <number>',
			'bits per second; by default such that speech is clean',
			numberOf('--bitrate'),
		)
		.option('--no-report', 'write no report.html')
		.addOption(lexiconOption())
		.option('--allow-gaps', 'write the book even where parts could not be spoken: they are silent')
		.option('--retries <number>', 'attempts after the first; 3 by default', numberOf('--retries'))
		.option(
			'--concurrency <number>',
			'utterances rendered side by side; one for each processor by default',
			numberOf('--concurrency'),
		)
		.option('--url <url>', 'speak on a server: ws://127.0.0.1:8080, wss://host (see: speechpipe serve)')
		.option('--api-key <key>', 'the key that the server asks for')
		.option(
			'--redis <url>',
			'have workers render, on any machines: redis://host:6379 (see: speechpipe worker)',
		)
		.option('--mixed', 'with --redis: workers may make other samples than this machine')
		.option(
			'--jobs <number>',
			'with --redis: utterances on their way at most; 32 by default',
			numberOf('--jobs'),
		)
		.option('--force', 'replace what is there')
		.addOption(cacheOption())
		.option(
			'--cache-size <gb>',
			'what the cache may hold afterwards; 10 by default',
			numberOf('--cache-size'),
		)
		.option('--list', 'print the chapters and what is skipped, and render nothing')
		.option('--estimate', 'print how long it will be and take, and render nothing')
		.option('--price <amount>', 'with --estimate: of a million characters', numberOf('--price'))
		.option('--json', 'print as JSON; while rendering, a line for each event')
		.addHelpText(
			'after',
			examples(
				'speechpipe book novel.epub --list',
				'speechpipe book novel.epub -o novel.m4b',
				'speechpipe book novel.epub -o novel/ --format opus --captions vtt',
				'speechpipe book novel.epub -o novel.m4b --chapters 2-5 --voice fr=espeak:fr',
			),
		)
		.action(book);
}

async function book(input: string, options: BookOptions): Promise<void> {
	if (options.price !== undefined && !options.estimate) throw new UsageError('--price goes with --estimate.');
	if (options.list || options.estimate) {
		// What reads books takes a while to load: only who has one waits for it.
		const {describeBook} = await import('./book-described.js');
		await print(process.stdout, await describeBook(input, options));
		return;
	}
	if (options.output === undefined && options.readAlong === undefined)
		throw new UsageError('Say where the audiobook goes (-o book.m4b), or ask for --list or --estimate.');
	const {makeBook} = await import('./book-made.js');
	await makeBook(input, options);
}
