import * as monaco from 'monaco-graphql/esm/monaco-editor.js'

/** GraphiQL's look of an editor, with line numbers, comments and numbers that can be read. */
function define(
  name: string,
  base: 'vs' | 'vs-dark',
  ink: { primary: string; widget: string; faint: string; comment: string; argument: string; number: string },
) {
  const { primary, widget, faint, comment, argument, number } = ink
  const transparent = '#ffffff00'
  monaco.editor.defineTheme(name, {
    base,
    inherit: true,
    colors: {
      'editor.background': transparent,
      'scrollbar.shadow': transparent,
      'editorLineNumber.foreground': faint,
      'editorLineNumber.dimmedForeground': faint,
      'textLink.foreground': primary,
      'textLink.activeForeground': primary,
      'editorLink.activeForeground': primary,
      'editorHoverWidget.background': widget,
      'editorSuggestWidget.background': widget,
      'editorSuggestWidget.selectedBackground': `${primary}26`,
      'editorSuggestWidget.selectedForeground': primary,
      'editorWidget.background': widget,
      'quickInput.background': widget,
      'menu.background': widget,
      'menu.selectionBackground': `${primary}26`,
      'menu.selectionForeground': primary,
      'list.hoverBackground': `${primary}19`,
      'list.highlightForeground': primary,
      'list.focusHighlightForeground': primary,
      focusBorder: primary,
    },
    rules: [
      { token: 'argument.identifier.gql', foreground: argument },
      { token: 'comment', foreground: comment },
      { token: 'number', foreground: number },
    ],
  })
}

export const editorTheme = { light: 'opsmap-light', dark: 'opsmap-dark' }

define(editorTheme.light, 'vs', {
  primary: '#d60590',
  widget: '#ffffff',
  faint: '#5b6b70',
  comment: '#1d7324',
  argument: '#5b57c4',
  number: '#06683f',
})
define(editorTheme.dark, 'vs-dark', {
  primary: '#ff5794',
  widget: '#212a3b',
  faint: '#a9b5c9',
  comment: '#9cc78b',
  argument: '#a8a3ff',
  number: '#b5cea8',
})
