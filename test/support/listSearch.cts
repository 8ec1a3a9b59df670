import 'reflect-metadata';

import { LoadOptionsContext } from 'n8n-core';
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import type { Picker } from '../../nodes/Eyun/catalogue/types';
import { Eyun } from '../../nodes/Eyun/Eyun.node.ts';
import type { TestCredentials } from './credentials.cts';

/** One opening of a list in the editor. */
export interface Opening {
	credentials: TestCredentials;
	/** The node's parameters as the editor has them, expressions resolved where it can. */
	parameters?: IDataObject;
	filter?: string;
	paginationToken?: string;
}

/** Opens a list as n8n does for the editor: in its own context, with real HTTP. */
export async function openList(picker: Picker, opening: Opening): Promise<INodeListSearchResult> {
	const search = eyun.methods.listSearch[picker];
	const { filter, paginationToken } = opening;
	return await search.call(editorContext(picker, opening), filter, paginationToken);
}

/** Opens a list in which several entries can be ticked. */
export async function openOptions(
	list: keyof Eyun['methods']['loadOptions'],
	opening: Opening,
): Promise<INodePropertyOptions[]> {
	return await eyun.methods.loadOptions[list].call(editorContext(list, opening));
}

/** Opens the list in which several members of a group can be ticked. */
export async function openMembers(opening: Opening): Promise<INodePropertyOptions[]> {
	return await openOptions('members', opening);
}

const eyun = new Eyun();

function editorContext(
	parameter: string,
	{ credentials, parameters = {} }: Opening,
): ILoadOptionsFunctions {
	const node: INode = {
		id: '1',
		name: 'Eyun WeChat',
		type: 'eyun',
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INodeParameters,
		credentials: { eyunApi: { id: '1', name: 'Eyun API' } },
	};
	const nodeTypes: INodeTypes = {
		getByName: () => eyun,
		getByNameAndVersion: () => eyun,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = {
		credentialsHelper: credentials,
		currentNodeParameters: parameters,
	} as unknown as IWorkflowExecuteAdditionalData;
	return new LoadOptionsContext(
		workflow,
		node,
		additionalData,
		`parameters.${parameter}`,
	) as ILoadOptionsFunctions;
}
