/** Runs a program to its end and keeps what it printed. */
import { spawn } from 'node:child_process';

export interface RunOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Only where the program is a `.cmd` file on Windows. */
	shell?: boolean;
}

/** A program that did not end with 0. `output` holds all it printed. */
export class RunFailure extends Error {
	constructor(
		readonly command: string,
		readonly code: number | string,
		readonly output: string,
	) {
		super(`${command} ended with ${code}:\n${lastLines(output, 20)}`);
		this.name = 'RunFailure';
	}
}

/** Gives back standard output; throws RunFailure when the program fails or cannot be started. */
export async function run(file: string, args: string[], options: RunOptions = {}): Promise<string> {
	const command = [file, ...args].join(' ');
	return await new Promise((resolve, reject) => {
		const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		let stdout = '';
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
			output += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
		child.on('error', (error) => reject(new RunFailure(command, error.message, output)));
		child.on('close', (code, signal) => {
			if (code === 0) resolve(stdout);
			else reject(new RunFailure(command, code ?? signal ?? 'an unknown state', output));
		});
	});
}

export function lastLines(text: string, count: number): string {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}
