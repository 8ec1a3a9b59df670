/**
 * The output schemas that n8n reads beside the nodes to show fields before a first run. n8n looks
 * for __schema__/v<version>/<resource>/<operation>.json, and for __schema__/v<version>.json where a
 * node has neither (n8n-core, output-schema-resolver).
 */
import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';
import { Eyun } from '../../nodes/Eyun/Eyun.node.ts';
import { catalogue } from '../../nodes/Eyun/catalogue';
import { answerOf, outputOf } from './answerSchema.cts';
import { compoundOutputs } from './compoundOutputs.cts';
import type { Schema } from './jsonSchema.cts';
import { triggerSchema } from './triggerFields.cts';

const FOLDER = 'nodes/Eyun/__schema__';

export interface SchemaFile {
	/** Below dist, with forward slashes. */
	path: string;
	text: string;
}

/**
 * All schema files of the package, for the newest version of each node: a node of an older version
 * comes from a workflow that has run, and shows what it gave.
 */
export function schemaFiles(): SchemaFile[] {
	return [...operationFiles(newestVersion(new Eyun())), triggerFile()];
}

function operationFiles(version: string): SchemaFile[] {
	return [
		...catalogue.flatMap((resource) =>
			resource.operations.map((operation) =>
				file(
					`${version}/${resource.value}/${operation.value}`,
					answerOf(operation, outputOf).schema,
				),
			),
		),
		...compoundOutputs.map(({ resource, operation, schema }) =>
			file(`${version}/${resource}/${operation}`, schema),
		),
	];
}

function triggerFile(): SchemaFile {
	return file(newestVersion(new EyunTrigger()), triggerSchema());
}

/** `version` counts the changes of a schema for n8n's own statistics; nothing here depends on it. */
function file(name: string, schema: Schema): SchemaFile {
	return {
		path: `${FOLDER}/${name}.json`,
		text: `${JSON.stringify({ ...schema, version: 1 })}\n`,
	};
}

/** The folder's name: v1.0.0 for 1, v1.1.0 for 1.1. */
function newestVersion({ description }: Eyun | EyunTrigger): string {
	return `v${String(description.defaultVersion).split('.').concat('0', '0').slice(0, 3).join('.')}`;
}
