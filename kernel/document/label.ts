/** Words for people, always in both languages; Chinese is the source. */
export type Label = { readonly zh: string; readonly en: string }
