// A part of the screen that fails alone: the call strip survives a crash of anything else.
import { Component, type ReactNode } from 'react';

import { Failed } from './States';

export class Pane extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <Failed error={this.state.error} retry={() => this.setState({ error: null })} />;
  }
}
