/**
 * Who publishes the package, and from where: publisher.json is the one place to say it. What has to repeat
 * it (package.json, links in the nodes, the licence) is derived.
 */

/** The content of publisher.json. */
export interface Publisher {
	name: string;
	email: string;
	/** The repository's web address at GitHub, without anything behind its name. */
	repository: string;
}

/** Files that repeat something of it. */
export const FILES = [
	'package.json',
	'LICENSE',
	'SECURITY.md',
	'.github/ISSUE_TEMPLATE/bug_report.yml',
	'.github/ISSUE_TEMPLATE/config.yml',
	'credentials/EyunApi.credentials.ts',
	'nodes/Eyun/Eyun.node.json',
	'nodes/Eyun/EyunTrigger.node.json',
] as const;

/** Owner and name are whatever stands there; no other repository of this name is linked to. */
const REPOSITORY = /https:\/\/github\.com\/[\w.-]+\/n8n-nodes-eyun(?=[#/"'.)\s]|$)/gm;

/**
 * A file as it has to be.
 *
 * @param file one of FILES
 * @param text its present content
 */
export function withPublisher(file: string, text: string, publisher: Publisher): string {
	const { name, email, repository } = publisher;
	const linked = text.replace(REPOSITORY, repository);
	if (file === 'LICENSE') return linked.replace(/^(Copyright \(c\) \d+) .+$/m, `$1 ${name}`);
	if (file !== 'package.json') return linked;
	const author = JSON.stringify({ name, email }, null, '\t').replaceAll('\n', '\n\t');
	return linked.replace(/"author": \{[^}]*\}/, () => `"author": ${author}`);
}

/**
 * What keeps the package from being published: one line each, none when all is well.
 *
 * @param read gives back the present content of one of FILES
 */
export function publisherFlaws(publisher: Publisher, read: (file: string) => string): string[] {
	const { name, email, repository } = publisher;
	const checks: Array<[wrong: boolean, flaw: string]> = [
		[/^$|n8n-nodes-eyun/.test(name.trim()), `"name" is still "${name}"`],
		[
			/\.example$/.test(email) || !/^[^@\s]+@[^@\s]+\.\w+$/.test(email),
			`"email" is still "${email}"`,
		],
		[
			/\/n8n-nodes-eyun\/n8n-nodes-eyun$/.test(repository),
			`"repository" is still "${repository}", which belongs to nobody`,
		],
		[
			!/^https:\/\/github\.com\/[\w.-]+\/n8n-nodes-eyun$/.test(repository),
			`"repository" is "${repository}", not https://github.com/<owner>/n8n-nodes-eyun`,
		],
		...FILES.map((file): [boolean, string] => [
			withPublisher(file, read(file), publisher) !== read(file),
			`${file} says something else: run "npm run publisher"`,
		]),
	];
	return checks.filter(([wrong]) => wrong).map(([, flaw]) => flaw);
}
