// Prints how many milliseconds a bundle takes to load, as a fresh environment of Lambda would.
const [file] = process.argv.slice(2);
const began = performance.now();
const { handler } = await import(file);
const tookMs = performance.now() - began;
if (typeof handler !== 'function') throw new Error('There is no handler.');
process.stdout.write(`${tookMs}\n`);
