/** A parser of Markdown, as GitHub and language models write it. Bundled, see xml.ts. */
export { Lexer, type Token, Tokenizer, type Tokens } from 'marked';
