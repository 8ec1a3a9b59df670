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

/** All schema files of the package. */
export function schemaFiles(): SchemaFile[] {
	return [...versionsOf(new Eyun()).flatMap(operationFiles), ...triggerFiles()];
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

function triggerFiles(): SchemaFile[] {
	return versionsOf(new EyunTrigger()).map((version) => file(version, triggerSchema()));
}

/** `version` counts the changes of a schema for n8n's own statistics; nothing here depends on it. */
function file(name: string, schema: Schema): SchemaFile {
	return {
		path: `${FOLDER}/${name}.json`,
		text: `${JSON.stringify({ ...schema, version: 1 })}\n`,
	};
}

/** Folder names of a node's versions: v1.0.0 for 1, v1.1.0 for 1.1. */
function versionsOf({ description: { version } }: Eyun | EyunTrigger): string[] {
	return [version]
		.flat()
		.map((one) => `v${String(one).split('.').concat('0', '0').slice(0, 3).join('.')}`);
}
