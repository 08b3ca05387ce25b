#!/usr/bin/env node
import {Command, CommanderError} from 'commander';
import {exitCodeOf, report} from './exit.js';
import {sayCommand} from './say.js';
import {version} from './version.js';
import {voicesCommand} from './voices.js';

const program = new Command('speechpipe')
	.description('Text in, speech out: a natural voice, offline.')
	.version(version)
	.addCommand(sayCommand())
	.addCommand(voicesCommand());

// Commander's own exit code for wrong use is 1: ours is 2, and `exitOverride` reaches each command.
for (const command of [program, ...program.commands]) command.exitOverride();

try {
	await program.parseAsync();
} catch (error) {
	if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
	else {
		report(error);
		process.exitCode = exitCodeOf(error);
	}
}
