// Run by cold-start.ts with a voice and a text: tells when it began, and when each step of a first utterance was done.
const began = Date.now();
const steps = [performance.now()];
const {LocalSynthesizer, TTSTransform} = await import('../dist/index.js');
steps.push(performance.now());
const [voiceId, text] = process.argv.slice(2);
const synthesizer = new LocalSynthesizer({workers: 1});
await synthesizer.warm({voiceId});
steps.push(performance.now());
const stream = new TTSTransform({synthesizer, voiceId});
stream.once('data', () => steps.push(performance.now()));
stream.on('end', () => process.stdout.write(JSON.stringify({began, steps})));
stream.end(text);
