// Loaded into n8n before its own code. File descriptor 3 is a pipe that the starting process
// holds; when that process dies, however it dies, the pipe closes and n8n ends too.
const { Socket } = require('node:net');

const parent = new Socket({ fd: 3 });
parent.on('close', () => process.kill(process.pid, 'SIGTERM'));
parent.on('error', () => {});
parent.resume();
parent.unref();
