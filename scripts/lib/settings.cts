/** What one n8n data folder keeps from run to run: its owner and its encryption key. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Owner } from './n8n-session.cts';

export interface FolderSettings {
	owner: Owner;
	encryptionKey: string;
}

/** Reads the settings of a data folder; makes them, with a random password, where there are none. */
export async function folderSettings(folder: string): Promise<FolderSettings> {
	const file = join(folder, 'settings.json');
	if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as FolderSettings;
	const settings: FolderSettings = {
		// n8n wants a capital letter and a digit in a password.
		owner: { email: 'demo@example.com', password: `Demo1-${randomBytes(6).toString('hex')}` },
		encryptionKey: randomBytes(24).toString('hex'),
	};
	await writeFile(file, JSON.stringify(settings, null, '\t'), { mode: 0o600 });
	return settings;
}
