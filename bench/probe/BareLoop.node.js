// The least a node can do to send a text for every item: read the parameters, make the call. No
// checks, no exact ids, no error texts. `npm run bench` measures the real node against it.
const CREDENTIAL = 'eyunApi';

class BareLoop {
	description = {
		displayName: 'Bare Loop',
		name: 'bareLoop',
		group: ['output'],
		version: 1,
		description: 'Sends a text for every item',
		defaults: { name: 'Bare Loop' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: CREDENTIAL, required: true }],
		properties: ['wId', 'wcId', 'content'].map((name) => ({
			displayName: name,
			name,
			type: 'string',
			default: '',
		})),
	};

	async execute() {
		const { baseUrl } = await this.getCredentials(CREDENTIAL);
		const output = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			const body = {
				wId: this.getNodeParameter('wId', item),
				wcId: this.getNodeParameter('wcId', item),
				content: this.getNodeParameter('content', item),
			};
			const options = { method: 'POST', url: `${baseUrl}/sendText`, body, json: true };
			const answer = await this.helpers.httpRequestWithAuthentication.call(
				this,
				CREDENTIAL,
				options,
			);
			output.push({ json: answer.data, pairedItem: { item } });
		}
		return [output];
	}
}

module.exports = { BareLoop };
