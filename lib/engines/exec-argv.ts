/** `node --input-type=module -e …` says what its text is: a worker, which runs a file, does not start with it. */
const inputType = /^--input-type(?:=|$)/;

/** Options that say how modules are found and loaded, alone or with their value after them. */
const ofLoading = /^(?:--(?:import|require|loader|experimental-loader|conditions)|-[rC])(?:=|$)/;

/**
 * Node.js options for a worker thread; undefined lets Node.js hand on the process's own. Only where those have an
 * `--input-type` must others be given: then those that loading modules needs, because one that belongs to the process or to
 * V8 (`--max-old-space-size`) is refused as soon as it is given and not inherited.
 */
export function workerExecArgv(argv: readonly string[] = process.execArgv): string[] | undefined {
	if (!argv.some(argument => inputType.test(argument))) return undefined;
	const namesNext = (argument = '') => ofLoading.test(argument) && !argument.includes('=');
	return argv.filter((argument, index) => ofLoading.test(argument) || namesNext(argv[index - 1]));
}
