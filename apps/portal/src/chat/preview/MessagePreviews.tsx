'use client';
import './preview.css';
import type { Message } from '@parvis/contract/chat-entry';
import { previewsOf } from './previews-of.ts';
import { Icon } from '@parvis/ui/Icon';
import { Globe } from 'lucide-react';

/** What the pages of a message's links say of themselves. The house has asked them; this browser asks nobody. */
export function MessagePreviews({ message, stops }: { message: Message; stops: boolean }) {
  return (
    <ul className="chat-previews">
      {previewsOf(message).map(({ url, title, description, site, image }) => (
        <li key={url}>
          <a href={url} target="_blank" rel="noopener noreferrer" tabIndex={stops ? undefined : -1}>
            <span className="chat-preview-site p-meta">
              <Icon of={Globe} size="xs" />
              <bdi>{site ?? URL.parse(url)?.hostname}</bdi>
            </span>
            <span className="chat-preview-title" dir="auto">
              {title}
            </span>
            {description !== null && (
              <span className="chat-preview-text" dir="auto">
                {description}
              </span>
            )}
            {image !== null && <img className="chat-preview-picture" src={image} alt="" loading="lazy" />}
          </a>
        </li>
      ))}
    </ul>
  );
}
