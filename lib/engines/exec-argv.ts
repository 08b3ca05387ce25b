/** Options that say what program to run: they are the main thread's own. Those of the second kind have a value after them. */
const ofProgram = /^(?:--input-type=.*|--(?:interactive|check)|-[ic])$/;
const withValue = /^(?:--input-type|--eval|--print|-e|-p|-pe)$/;

/**
 * Node.js options for a worker thread: the process's own, less those of a program given on the command line, with which
 * (`node --input-type=module -e …`) a worker would not start.
 */
export function workerExecArgv(argv: readonly string[] = process.execArgv): string[] {
	return argv.filter((argument, index) => {
		const previous = argv[index - 1];
		return !ofProgram.test(argument) && !withValue.test(argument) && !(previous && withValue.test(previous));
	});
}
