// Runs one server that is no Node program: `node guard.cjs SIGNAL program argument...`. File
// descriptor 3 is a pipe that the starting process holds; when that process dies, however it dies,
// the pipe closes and the server ends too. SIGNAL is what ends it politely. The folder REMOVE_AFTER
// goes with it.
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const { Socket } = require('node:net');

const [signal, program, ...args] = process.argv.slice(2);
const server = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const end = () => server.kill(signal);

new Socket({ fd: 3 }).on('close', end).on('error', end).resume();
process.on('SIGTERM', end);
server.on('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
server.on('exit', (code) => {
	const { REMOVE_AFTER } = process.env;
	if (REMOVE_AFTER) rmSync(REMOVE_AFTER, { recursive: true, force: true });
	process.exit(code ?? 1);
});
