// A part of the page: an element, and how it is brought up to date. Nothing else is shared between the parts.

export interface Panel {
  readonly element: HTMLElement
  /** Draws what changed since the last time; cheap where nothing did. */
  update(): void
}
