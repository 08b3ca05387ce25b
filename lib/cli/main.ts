#!/usr/bin/env node
import {Command, CommanderError} from 'commander';
import {version} from '../index.js';
import {bookCommand} from './book.js';
import {cacheCommand} from './cache.js';
import {examples} from './examples.js';
import {exitCodeOf, report} from './exit.js';
import {phonemesCommand} from './phonemes.js';
import {sayCommand} from './say.js';
import {serveCommand} from './serve-command.js';
import {voicesCommand} from './voices.js';
import {workerCommand} from './worker-command.js';

/** How long what is left of a failed run may take to go by itself, in ms: a reader that stands still would hold it for ever. */
const patience = 500;

const program = new Command('speechpipe')
	.description('Text in, speech out: a natural voice, offline.')
	.version(version)
	// What stands behind a command is the command's: `voices add` has options that `voices` has too.
	.enablePositionalOptions()
	.addCommand(sayCommand())
	.addCommand(phonemesCommand())
	.addCommand(bookCommand())
	.addCommand(cacheCommand())
	.addCommand(voicesCommand())
	.addCommand(serveCommand())
	.addCommand(workerCommand())
	.addHelpText(
		'after',
		examples(
			'speechpipe say "Streams can talk." -o hello.mp3',
			'speechpipe book novel.epub -o novel.m4b',
			'speechpipe serve',
			'speechpipe say --help',
		),
	);

for (const command of withAllBelow(program)) {
	// Commander's own exit code for wrong use is 1, ours is 2.
	command.exitOverride().configureOutput({
		outputError: (text, write) =>
			write(`${oneLine(text).replace(/^error: /, 'speechpipe: ')} (see: ${fullName(command)} --help)\n`),
	});
}

// Whoever writes hears of it through the callback of the write.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
	await program.parseAsync();
} catch (error) {
	if (!(error instanceof CommanderError)) report(error);
	process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : exitCodeOf(error);
	setTimeout(() => process.exit(), patience).unref();
}

function withAllBelow(command: Command): Command[] {
	return [command, ...command.commands.flatMap(withAllBelow)];
}

function oneLine(text: string): string {
	return text.trim().replaceAll(/\s+/g, ' ');
}

function fullName(command: Command): string {
	return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
