/** How the model of an AI agent fills one parameter of a tool. */
export interface ToolValue {
	/** What the model reads: what to give, and in which form. */
	description: string;
	/** The kind of value; text where it is left out. */
	type?: 'number';
	/** What holds where the model gives nothing. Without it the model has to give a value. */
	otherwise?: string | number;
	/** What the model calls it, where the parameter's own name would mislead. */
	key?: string;
}

/**
 * What makes an operation a tool that an AI agent uses without further words. An operation without it
 * can be connected as a tool, too, but its fields are then the user's to fill.
 */
export interface ToolUse {
	/** What the model reads about the tool: what it does, when to use it, what is dangerous about it. */
	when: string;
	/**
	 * The parameters that the model fills, by name, members of a collection as `collection.member`. All
	 * others stay the user's, above all the account.
	 */
	fills: Readonly<Record<string, ToolValue>>;
}

/** What a simplified answer keeps: its members by name, each as it is, or a part of it. */
export interface Kept {
	readonly [member: string]:
		| true
		/** Of an object, or of each object of a list, these members. */
		| { members: Kept }
		/** Of XML, the text of the first element of this name. */
		| { element: string };
}
