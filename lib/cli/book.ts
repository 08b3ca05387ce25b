import {Command, Option} from 'commander';
import {UsageError} from './exit.js';
import {numberOf} from './number-of.js';
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

export interface BookOptions extends BookSourceOptions {
	readonly voice?: readonly string[];
	readonly speed?: number;
	readonly list?: boolean;
	readonly estimate?: boolean;
	readonly price?: number;
	readonly json?: boolean;
}

export function bookCommand(): Command {
	const collect = (value: string, all: readonly string[] = []) => [...all, value];
	const choice = (flags: string, description: string, choices: readonly [string, ...string[]]) =>
		new Option(flags, description).choices(choices).default(choices[0]);
	const matter = ['useful', 'all', 'skip'] as const;
	return new Command('book')
		.description('Read a whole book: EPUB, Markdown, HTML, plain text, or a folder of them.')
		.argument('<input>', 'the book')
		.option('--voice <id>', 'the voice; LANGUAGE=ID for the parts in that language (repeatable)', collect)
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
		.option('--list', 'print the chapters and what is skipped, and render nothing')
		.option('--estimate', 'print how long it will be and take, and render nothing')
		.option('--price <amount>', 'with --estimate: of a million characters', numberOf('--price'))
		.option('--json', 'print as JSON')
		.action(book);
}

async function book(input: string, options: BookOptions): Promise<void> {
	if (options.list || options.estimate) {
		// What reads books takes a while to load: only who has one waits for it.
		const {describeBook} = await import('./book-described.js');
		await print(process.stdout, await describeBook(input, options));
		return;
	}
	throw new UsageError('Say what is wanted of the book: --list or --estimate.');
}
