/** Beside the page, so that it also works below a path of a proxy. */
export const endpoint = new URL('graphql', document.baseURI)
